package express.polaris.cards;

import java.util.ArrayList;
import java.util.List;

/**
 * CSV as in RFC 4180: quoted cells may hold separators, line ends and doubled quotes. A byte order mark is skipped, empty
 * lines are left out, and spaces around a cell that is not quoted are not its own.
 */
final class CsvRecords {

    private static final char QUOTE = '"';

    private final String text;
    private final char separator;
    private final List<CsvRecord> records = new ArrayList<>();
    private List<String> cells = new ArrayList<>();
    private int at;
    private int line = 1;
    private int recordLine = 1;

    private CsvRecords(String text) {
        this.text = text;
        this.separator = separatorOf(text);
    }

    /**
     * One line of a table.
     *
     * @param line where it begins, from 1
     */
    record CsvRecord(int line, List<String> cells) {
        CsvRecord {
            cells = List.copyOf(cells);
        }
    }

    /** A quote that does not fit, in this line. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        Malformed(int line) {
            super("Line " + line + " has a quote that does not fit");
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /** Cells are separated by commas, or by semicolons where one of those comes first. */
    static List<CsvRecord> read(String text) throws Malformed {
        return new CsvRecords(text.startsWith("\uFEFF") ? text.substring(1) : text).read();
    }

    private List<CsvRecord> read() throws Malformed {
        while (at < text.length()) {
            cells.add(cell());
            if (at < text.length() && text.charAt(at) == separator) {
                at++;
                if (at == text.length()) {
                    cells.add("");
                }
            } else {
                endOfLine();
                endRecord();
            }
        }
        endRecord();
        return records;
    }

    private String cell() throws Malformed {
        skipSpaces();
        if (at < text.length() && text.charAt(at) == QUOTE) {
            var quoted = quoted();
            skipSpaces();
            if (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
                throw new Malformed(line);
            }
            return quoted;
        }
        int from = at;
        while (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
            if (text.charAt(at) == QUOTE) {
                throw new Malformed(line);
            }
            at++;
        }
        return text.substring(from, at).strip();
    }

    private String quoted() throws Malformed {
        int begun = line;
        var cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != QUOTE) {
                if (c == '\n') {
                    line++;
                }
                cell.append(c);
            } else if (at < text.length() && text.charAt(at) == QUOTE) {
                cell.append(QUOTE);
                at++;
            } else {
                return cell.toString();
            }
        }
        throw new Malformed(begun);
    }

    private void skipSpaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void endOfLine() {
        if (at < text.length()) {
            if (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at++;
            }
            at++;
            line++;
        }
    }

    private void endRecord() {
        if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
            records.add(new CsvRecord(recordLine, cells));
        }
        cells = new ArrayList<>();
        recordLine = line;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /** The first that stands outside of quotes in the first line. */
    private static char separatorOf(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == QUOTE) {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';')) {
                return c;
            } else if (!quoted && isLineEnd(c)) {
                return ',';
            }
        }
        return ',';
    }
}
