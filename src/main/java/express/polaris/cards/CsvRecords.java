package express.polaris.cards;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * CSV as in RFC 4180: quoted cells may hold separators, line ends and doubled quotes. A byte order mark is skipped, empty
 * lines are left out, and spaces around a cell that is not quoted are not its own.
 */
final class CsvRecords {

    private static final char QUOTE = '"';

    private CsvRecords() {}

    /**
     * One line of a table.
     *
     * @param line where it begins, from 1
     */
    record CsvRecord(int line, List<String> cells) {
        CsvRecord {
            cells = List.copyOf(cells);
        }

        boolean isEmpty() {
            return cells.stream().allMatch(String::isEmpty);
        }
    }

    /** A quote that does not fit, in the record that begins in this line. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        Malformed(int line, CsvParseException cause) {
            super("Line " + line + " has a quote that does not fit", cause);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /** Cells are separated by commas, or by semicolons where one of those comes first. */
    static List<CsvRecord> read(String text) throws Malformed {
        var table = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var reading = new Reading();
        try {
            return CsvReader.builder()
                    .fieldSeparator(separatorOf(table))
                    .trimWhitespacesAroundQuotes(true)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .build(reading, table)
                    .stream()
                    .filter(record -> !record.isEmpty())
                    .toList();
        } catch (CsvParseException e) {
            throw new Malformed(reading.line, e);
        }
    }

    /** Collects the cells of one record after another. */
    private static final class Reading extends AbstractBaseCsvCallbackHandler<CsvRecord> {

        private final List<String> cells = new ArrayList<>();
        private int line = 1;

        @Override
        protected void handleBegin(long startingLine) {
            line = Math.toIntExact(startingLine);
            cells.clear();
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            var cell = new String(buffer, offset, length);
            if (!quoted && cell.indexOf(QUOTE) >= 0) {
                throw new CsvParseException("A quote in a cell that is not quoted");
            }
            cells.add(quoted ? cell : cell.strip());
        }

        @Override
        protected CsvRecord buildRecord() {
            return new CsvRecord(line, cells);
        }
    }

    /** The first that stands outside of quotes in the first line. */
    private static char separatorOf(String text) {
        boolean quoted = false;
        for (char c : text.toCharArray()) {
            if (c == QUOTE) {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';')) {
                return c;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                return ',';
            }
        }
        return ',';
    }
}
