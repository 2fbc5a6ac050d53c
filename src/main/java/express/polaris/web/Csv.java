package express.polaris.web;

import java.util.List;

/** Tables as RFC 4180 has them. */
public final class Csv {

    private static final String FORMULAS_BEGIN_WITH = "=+-@\t\r";

    private Csv() {}

    /** A cell with a text. A spreadsheet must not compute what somebody typed: such a cell begins with an apostrophe. */
    public static String text(String text) {
        boolean formula = !text.isEmpty() && FORMULAS_BEGIN_WITH.indexOf(text.charAt(0)) >= 0;
        var cell = formula ? "'" + text : text;
        boolean quoted = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    /**
     * A line with its end.
     *
     * @param cells texts as {@link #text} writes them
     */
    public static String row(List<String> cells) {
        return String.join(",", cells) + "\r\n";
    }
}
