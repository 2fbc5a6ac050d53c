package express.polaris.accounts;

/** Identifies an account. */
public record AccountId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
