package express.polaris.steve;

/** What became of a remote operation, as far as SteVe knows. */
public sealed interface OperationOutcome {

    /** The station accepted. Whether a transaction starts or stops shows in the list of transactions. */
    record Accepted() implements OperationOutcome {}

    /**
     * The station declined.
     *
     * @param word its status ({@code Rejected}) or the code of its CALLERROR ({@code NotSupported})
     */
    record Rejected(String word) implements OperationOutcome {}

    /** The station is not connected, or SteVe does not know it. */
    record Unreachable() implements OperationOutcome {}

    /** The station got the request, or may have got it, and has not answered within SteVe's 30 s. It may act yet. */
    record NoAnswer() implements OperationOutcome {}

    /** RemoteStop only: SteVe has no such transaction active at that station. */
    record NotActive() implements OperationOutcome {}

    /**
     * SteVe did not pass the request on, e.g. because the tag is unknown, blocked or expired.
     *
     * @param detail SteVe's words, shortened
     */
    record Refused(String detail) implements OperationOutcome {}
}
