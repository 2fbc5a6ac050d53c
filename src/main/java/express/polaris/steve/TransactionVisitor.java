package express.polaris.steve;

/** Is shown the rows of a list while it arrives. */
public interface TransactionVisitor {

    /** @return whether it wants to see more */
    boolean transaction(SteveTransaction transaction);

    /** @return whether it wants to see more */
    boolean unreadable(UnreadableRow row);
}
