package express.polaris.steve;

/** Outcome of a remote operation, as far as SteVe knows. */
public sealed interface OperationOutcome {

    /** The station accepted. The list of transactions shows whether one actually starts or stops. */
    record Accepted() implements OperationOutcome {}

    /**
     * The station declined.
     *
     * @param word its status ({@code Rejected}) or the code of its CALLERROR ({@code NotSupported})
     */
    record Rejected(String word) implements OperationOutcome {}

    /** The station is not connected, or SteVe does not know it. */
    record Unreachable() implements OperationOutcome {}

    /** The station received the request, or may have, and did not answer within SteVe's 30 s. It may still act. */
    record NoAnswer() implements OperationOutcome {}

    /** Remote stop only: SteVe has no such active transaction at that station. */
    record NotActive() implements OperationOutcome {}

    /**
     * SteVe did not pass the request on, e.g. because the tag is unknown, blocked or expired.
     *
     * @param detail SteVe's message, shortened
     */
    record Refused(String detail) implements OperationOutcome {}
}
