package express.polaris.platform.refusals;

/** Checks of a text that people typed. */
public final class PlainText {

    private PlainText() {}

    /** No control characters and no halves of a character, which PostgreSQL could not keep. */
    public static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /** In characters as PostgreSQL counts them. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
