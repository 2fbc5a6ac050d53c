package express.polaris.steve;

import java.util.List;

/** Transactions, newest id first, and the rows that could not be read. */
public record SteveTransactionList(List<SteveTransaction> transactions, List<UnreadableRow> unreadable) {

    public SteveTransactionList {
        transactions = List.copyOf(transactions);
        unreadable = List.copyOf(unreadable);
    }
}
