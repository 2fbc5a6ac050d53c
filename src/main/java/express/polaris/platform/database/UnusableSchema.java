package express.polaris.platform.database;

/**
 * The database's schema does not fit this version of the portal, so the portal must not start on it.
 *
 * @see UnusableSchemaAnalyzer
 */
final class UnusableSchema extends RuntimeException {

    private final String remedy;

    /**
     * @param fault what the database has, and what this portal knows
     * @param remedy what the operator can do
     */
    UnusableSchema(String fault, String remedy) {
        super(fault);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
