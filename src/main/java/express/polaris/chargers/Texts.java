package express.polaris.chargers;

/** What a text that people typed may hold. */
final class Texts {

    private Texts() {}

    /** No control characters and no halves of a character, which PostgreSQL could not keep. */
    static boolean printable(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /** In characters as PostgreSQL counts them. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
