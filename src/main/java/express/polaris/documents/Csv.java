package express.polaris.documents;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a table as CSV (RFC 4180) in UTF-8, row by row. */
public final class Csv implements Flushable {

    private static final String FORMULAS_BEGIN_WITH = "=+-@\t\r";

    private final CsvWriter writer;

    public Csv(OutputStream out) {
        this(out, ',');
    }

    private Csv(OutputStream out, char separator) {
        this.writer = CsvWriter.builder()
                .fieldSeparator(separator)
                .lineDelimiter(LineDelimiter.CRLF)
                .build(out, StandardCharsets.UTF_8);
    }

    /**
     * Table for spreadsheet programs that expect {@code ;} between cells, as with a decimal comma. Begins with the
     * mark by which they recognize UTF-8.
     */
    public static Csv withSemicolons(OutputStream out) throws IOException {
        out.write("\uFEFF".getBytes(StandardCharsets.UTF_8));
        return new Csv(out, ';');
    }

    /** Writes text as a cell. Prefixes an apostrophe to text that a spreadsheet would take for a formula. */
    public static String text(String text) {
        boolean formula = !text.isEmpty() && FORMULAS_BEGIN_WITH.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }

    /**
     * @param cells with cells that people typed passed through {@link #text}
     */
    public void row(List<String> cells) throws IOException {
        try {
            writer.writeRecord(cells);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void flush() throws IOException {
        writer.flush();
    }
}
