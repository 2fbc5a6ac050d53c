package express.polaris.billing.tariffs;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import express.polaris.platform.refusals.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Market prices as CSV: a header with {@code from}, {@code to} and {@code price} in any order, other columns are not
 * read; separated by commas or semicolons.
 */
public final class PriceTable {

    private static final List<String> COLUMNS = List.of("from", "to", "price");
    private static final int LONGEST_HEADER = 100;

    private PriceTable() {}

    /**
     * Reads the table's rows.
     *
     * @throws InvalidInput when it is no such table
     */
    public static List<PriceDraft> read(String csv) {
        var text = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        int endOfHeader = text.indexOf('\n');
        var header = endOfHeader < 0 ? text : text.substring(0, endOfHeader);
        var records = records(text, header.indexOf(';') >= 0 ? ';' : ',');
        var names = records.isEmpty() ? List.<String>of() : names(records.getFirst());
        if (!names.containsAll(COLUMNS)) {
            var found = names.stream().collect(Collectors.joining(", "));
            throw InvalidInput.of(
                    "prices", TariffReason.TABLE.with(found.substring(0, Math.min(LONGEST_HEADER, found.length()))));
        }
        return records.stream()
                .skip(1)
                .map(record -> new PriceDraft(
                        "lines[" + record.getStartingLineNumber() + "]",
                        cell(record, names.indexOf("from")),
                        cell(record, names.indexOf("to")),
                        cell(record, names.indexOf("price"))))
                .toList();
    }

    private static List<CsvRecord> records(String text, char separator) {
        var records = new ArrayList<CsvRecord>();
        try (var reader = CsvReader.builder()
                .fieldSeparator(separator)
                .trimWhitespacesAroundQuotes(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (var record : reader) {
                if (record.getFields().stream().anyMatch(cell -> !cell.isBlank())) {
                    records.add(record);
                }
            }
        } catch (CsvParseException e) {
            int line = records.isEmpty() ? 1 : Math.toIntExact(records.getLast().getStartingLineNumber() + 1);
            throw InvalidInput.of("prices", TariffReason.QUOTES.with(line));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return records;
    }

    private static List<String> names(CsvRecord header) {
        return header.getFields().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String cell(CsvRecord record, int column) {
        return column < record.getFieldCount() ? record.getField(column) : "";
    }
}
