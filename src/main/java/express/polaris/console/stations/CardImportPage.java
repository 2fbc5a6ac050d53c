package express.polaris.console.stations;

import express.polaris.stations.cards.ImportLine;
import express.polaris.stations.cards.ImportLine.Verdict.Linked;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Page {@code /operator/cards/import}.
 *
 * @param csv the submitted table
 * @param fault why the table cannot be read
 * @param lines result of each line, applied or previewed; empty before a table was submitted
 * @param applied whether the import was applied
 */
public record CardImportPage(Shell shell, String csv, Optional<String> fault, List<Line> lines, boolean applied) {

    /**
     * @param words the line's result in the reader's language
     */
    public record Line(ImportLine line, Look look, String words) {}

    /** Result of a line, as it is displayed. */
    public enum Look {
        DONE("mark-good", "check"),
        NOTHING("", "check"),
        REFUSED("mark-bad", "alert");

        private final String css;
        private final String icon;

        Look(String css, String icon) {
            this.css = css;
            this.icon = icon;
        }

        public String css() {
            return css;
        }

        public String icon() {
            return icon;
        }
    }

    public long count(Look look) {
        return lines.stream().filter(line -> line.look() == look).count();
    }

    public int attached() {
        return lines.stream()
                .map(line -> line.line().verdict())
                .mapToInt(verdict -> verdict instanceof Linked linked ? linked.sessions() : 0)
                .sum();
    }

    /**
     * Expected result of each link (line number, start, number of sessions). The confirmation sends it, so that nothing
     * else is applied.
     */
    public String expected() {
        return lines.stream()
                .filter(line -> line.line().verdict() instanceof Linked)
                .map(line -> {
                    var linked = (Linked) line.line().verdict();
                    return line.line().line() + "/" + linked.from() + "/" + linked.sessions();
                })
                .collect(Collectors.joining(" "));
    }
}
