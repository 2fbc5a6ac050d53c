package express.polaris.console;

import express.polaris.cards.ImportLine;
import express.polaris.cards.ImportLine.Verdict.Linked;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page {@code /operator/cards/import}.
 *
 * @param csv what was given
 * @param fault why it is no table
 * @param lines what would become of each line, or did; empty before anything was given
 * @param applied whether it was done
 */
public record CardImportPage(Shell shell, String csv, Optional<String> fault, List<Line> lines, boolean applied) {

    /** @param words what becomes of it, in the reader's words */
    public record Line(ImportLine line, Look look, String words) {}

    /** How a line stands. */
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

    /** What the confirmation sends, so that exactly this is done: line, start and number of sessions. */
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
