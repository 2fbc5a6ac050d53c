package express.polaris.stations.cards;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * CSV parser (RFC 4180): quoted cells may contain separators, line breaks and doubled quotes. Skips a byte order mark
 * and records without content, and strips spaces around cells.
 */
final class CsvRecords {

    private static final char QUOTE = '"';

    private CsvRecords() {}

    /**
     * Record of a table.
     *
     * @param line the line on which it begins, from 1
     */
    record CsvRecord(int line, List<String> cells) {
        CsvRecord {
            cells = List.copyOf(cells);
        }

        boolean isEmpty() {
            return cells.stream().allMatch(String::isEmpty);
        }
    }

    /** Misplaced quote in the record that starts in this line. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        Malformed(int line, CsvParseException cause) {
            super("Line " + line + " has a misplaced quote", cause);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /** Separates cells by whichever of comma and semicolon comes first in the first line. */
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

    /** First separator outside quotes in the first line; a comma without one. */
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
