package express.polaris.steve;

/** Receives the rows of a list while it arrives. */
public interface TransactionVisitor {

    /**
     * @return whether to continue
     */
    boolean transaction(SteveTransaction transaction);

    /**
     * @return whether to continue
     */
    boolean unreadable(UnreadableRow row);
}
