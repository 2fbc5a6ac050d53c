package express.polaris.platform.refusals;

/** Checks text that people typed. */
public final class PlainText {

    private PlainText() {}

    /** Whether the text has no control characters and no unpaired surrogates, which PostgreSQL cannot store. */
    public static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /** In code points, as PostgreSQL counts characters. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
