package express.polaris.billing.bookkeeping;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import express.polaris.billing.bookkeeping.BankEntry.State;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a bank's list of entries as CSV: in UTF-8 or Windows-1252, with semicolons, commas or tabs, with lines above its
 * header line, with a decimal comma or point. Columns are found by the names that German and English banks use, or by
 * those that the mapping gives.
 */
final class BankCsvReader {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** Banks put the account, its owner and the period above the header line. */
    private static final int MOST_LINES_ABOVE = 40;

    private static final int MOST_FAULTS = 20;
    private static final int LONGEST_QUOTE = 40;
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_NAMES = 300;
    private static final char[] SEPARATORS = {';', ',', '\t'};

    private static final List<String> DATES = List.of(
            "buchungstag",
            "buchungsdatum",
            "buchung",
            "datum",
            "booking date",
            "posting date",
            "date",
            "transaction date",
            "completed date");
    private static final List<String> AMOUNTS = List.of(
            "betrag",
            "betrag (eur)",
            "betrag (€)",
            "umsatz",
            "umsatz in eur",
            "amount",
            "amount (eur)",
            "transaction amount");
    private static final List<String> CURRENCIES = List.of("währung", "waehrung", "whg", "currency");
    private static final List<String> TEXTS = List.of(
            "verwendungszweck",
            "vorgang/verwendungszweck",
            "buchungstext/verwendungszweck",
            "zahlungsreferenz",
            "payment reference",
            "remittance information",
            "payment details",
            "reference",
            "description",
            "details",
            "purpose");

    /** Further columns in which an invoice number may stand. */
    private static final List<String> MORE_TEXTS =
            List.of("kundenreferenz (end-to-end)", "kundenreferenz", "end-to-end-id", "end to end id");

    private static final List<String> DIRECTIONS = List.of("soll/haben", "s/h", "debit/credit", "credit/debit");
    private static final Set<String> OUTGOING = Set.of("s", "soll", "d", "dbit", "debit");
    private static final Set<String> PENDING = Set.of("vorgemerkt", "pending");

    private static final Pattern POINT = Pattern.compile("[+-]?(\\d{1,3}(,\\d{3})+|\\d{1,14})(\\.\\d{1,4})?");
    private static final Pattern COMMA = Pattern.compile("[+-]?(\\d{1,3}(\\.\\d{3})+|\\d{1,14})(,\\d{1,4})?");
    private static final Pattern ENDS_LIKE_CENTS = Pattern.compile(".*,\\d{1,2}");
    private static final Pattern UNIT = Pattern.compile("[\\s\\u00a0]|€|EUR");

    private final CsvMapping mapping;
    private final Currency otherwise;
    private final FaultCollector faults = new FaultCollector();

    private BankCsvReader(CsvMapping mapping, Currency otherwise) {
        this.mapping = mapping;
        this.otherwise = otherwise;
    }

    /** A header line, and the table that it is in. */
    private record Header(List<CsvRecord> rows, int at) {

        List<String> names() {
            return rows.get(at).getFields();
        }

        /** Returns the place of the column with this name, or else of the first of the usual names. */
        Optional<Integer> column(String named, List<String> usual) {
            var names = names().stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            var wanted = named.isEmpty() ? usual : List.of(named.toLowerCase(Locale.ROOT));
            return wanted.stream()
                    .map(names::indexOf)
                    .filter(place -> place >= 0)
                    .findFirst();
        }
    }

    private record Columns(
            int date,
            int amount,
            List<Integer> texts,
            Optional<Integer> currency,
            Optional<Integer> direction,
            Optional<Integer> status) {}

    /**
     * @param otherwise currency of entries whose file has no column for it
     * @throws InvalidInput with the columns that are missing, or with the lines that cannot be read, up to twenty
     */
    static List<BankEntry> read(byte[] file, CsvMapping mapping, Currency otherwise) {
        var reader = new BankCsvReader(mapping, otherwise);
        var entries = reader.entries(reader.header(text(file)));
        reader.faults.throwIfAny();
        return entries;
    }

    private static String text(byte[] file) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return new String(file, WINDOWS);
        }
    }

    /** Finds the line with most of the columns, whatever separates its cells. */
    private Header header(String text) {
        var best = Optional.<Header>empty();
        long most = 0;
        for (char separator : SEPARATORS) {
            var rows = records(text, separator);
            for (int at = 0; at < Math.min(rows.size(), MOST_LINES_ABOVE); at++) {
                var header = new Header(rows, at);
                long found = Stream.of(
                                header.column(mapping.date(), DATES),
                                header.column(mapping.amount(), AMOUNTS),
                                header.column(mapping.text(), TEXTS))
                        .filter(Optional::isPresent)
                        .count();
                if (found > most || best.isEmpty()) {
                    best = Optional.of(header);
                    most = found;
                }
            }
        }
        return best.orElseThrow(() -> InvalidInput.of("file", BookkeepingReason.CSV_BROKEN.with()));
    }

    private static List<CsvRecord> records(String text, char separator) {
        try (var reader = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            return reader.stream()
                    .filter(record -> record.getFields().stream().anyMatch(cell -> !cell.isBlank()))
                    .limit(BankFile.MOST_ENTRIES + MOST_LINES_ABOVE + 1L)
                    .toList();
        } catch (CsvParseException | IOException e) {
            return List.of();
        }
    }

    private List<BankEntry> entries(Header header) {
        var date = required("date", mapping.date(), DATES, header);
        var amount = required("amount", mapping.amount(), AMOUNTS, header);
        var text = required("text", mapping.text(), TEXTS, header);
        var currency = mapping.currency().isEmpty()
                ? header.column("", CURRENCIES)
                : required("currency", mapping.currency(), CURRENCIES, header);
        faults.throwIfAny();
        var texts = new ArrayList<>(text.stream().toList());
        MORE_TEXTS.forEach(name -> header.column(name, List.of()).ifPresent(texts::add));
        var columns = new Columns(
                date.orElseThrow(),
                amount.orElseThrow(),
                texts,
                currency,
                header.column("", DIRECTIONS),
                header.column("status", List.of()));
        var below = header.rows().subList(header.at() + 1, header.rows().size());
        if (below.size() > BankFile.MOST_ENTRIES) {
            throw InvalidInput.of("file", BookkeepingReason.TOO_MANY.with(BankFile.MOST_ENTRIES));
        }
        boolean comma = below.stream()
                .anyMatch(row -> ENDS_LIKE_CENTS
                        .matcher(bare(cell(row, columns.amount())))
                        .matches());
        var days = days(below, columns);
        return below.stream()
                .flatMap(row -> entry(row, columns, comma, days).stream())
                .toList();
    }

    /** The days of all lines are in one form. */
    private BankDays days(List<CsvRecord> rows, Columns columns) {
        var cells = rows.stream()
                .filter(row -> !bare(cell(row, columns.amount())).isEmpty())
                .map(row -> cell(row, columns.date()))
                .toList();
        return BankDays.of(cells, mapping.order());
    }

    private Optional<Integer> required(String field, String named, List<String> usual, Header header) {
        var found = header.column(named, usual);
        if (found.isEmpty()) {
            var names = shortened(String.join(", ", header.names()), LONGEST_NAMES);
            faults.add(
                    field,
                    named.isEmpty()
                            ? BookkeepingReason.NO_COLUMN.with(names)
                            : BookkeepingReason.COLUMN.with(shortened(named, LONGEST_QUOTE), names));
        }
        return found;
    }

    /** Empty for a line without an amount, such as a balance, and for one that cannot be read, which is a fault. */
    private Optional<BankEntry> entry(CsvRecord row, Columns columns, boolean comma, BankDays days) {
        var typed = bare(cell(row, columns.amount()));
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        var amount = amount(typed, comma);
        var date = days.read(cell(row, columns.date()));
        var code = columns.currency().map(place -> cell(row, place)).orElse("");
        var currency = code.isEmpty() ? Optional.of(otherwise) : currency(code);
        check(row, amount.isPresent(), typed, BookkeepingReason.CSV_AMOUNT);
        check(row, date.isPresent(), cell(row, columns.date()), BookkeepingReason.CSV_DATE);
        check(row, currency.isPresent(), code, BookkeepingReason.CSV_CURRENCY);
        if (amount.isEmpty() || date.isEmpty() || currency.isEmpty()) {
            return Optional.empty();
        }
        boolean out = columns.direction()
                .map(place -> OUTGOING.contains(cell(row, place).toLowerCase(Locale.ROOT)))
                .orElse(false);
        boolean pending = columns.status()
                .map(place -> PENDING.contains(cell(row, place).toLowerCase(Locale.ROOT)))
                .orElse(false);
        var text = columns.texts().stream()
                .map(place -> cell(row, place))
                .filter(part -> !part.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
        return Optional.of(new BankEntry(
                "",
                date.get(),
                out ? amount.get().abs().negate() : amount.get(),
                currency.get(),
                shortened(text, LONGEST_TEXT),
                pending ? State.PENDING : State.BOOKED));
    }

    private void check(CsvRecord row, boolean readable, String text, BookkeepingReason what) {
        if (!readable && faults.list().size() < MOST_FAULTS) {
            long line = row.getStartingLineNumber();
            faults.add(
                    "lines[" + line + "]",
                    BookkeepingReason.CSV_LINE.with(line, shortened(text, LONGEST_QUOTE), what.with()));
        }
    }

    private static String cell(CsvRecord row, int place) {
        return place < row.getFieldCount()
                ? row.getField(place).replace("\0", "").strip()
                : "";
    }

    private static String bare(String amount) {
        return UNIT.matcher(amount).replaceAll("").replace('\u2212', '-');
    }

    private static Optional<BigDecimal> amount(String text, boolean comma) {
        if (!(comma ? COMMA : POINT).matcher(text).matches()) {
            return Optional.empty();
        }
        var plain = comma ? text.replace(".", "").replace(',', '.') : text.replace(",", "");
        return Optional.of(new BigDecimal(plain));
    }

    private static Optional<Currency> currency(String code) {
        try {
            return Optional.of(Currency.getInstance(code.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String shortened(String text, int most) {
        return text.length() > most ? text.substring(0, most) + "…" : text;
    }
}
