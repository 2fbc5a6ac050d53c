package express.polaris.steve;

/** SteVe's own JSON says that the transaction does not exist. */
public class SteveTransactionNotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long id;

    SteveTransactionNotFound(long id) {
        super("SteVe has no transaction %d".formatted(id));
        this.id = id;
    }

    public long id() {
        return id;
    }
}
