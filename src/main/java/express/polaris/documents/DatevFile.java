package express.polaris.documents;

import express.polaris.billing.bookkeeping.BookkeepingAccounts;
import express.polaris.units.Money;
import java.io.IOException;
import java.io.OutputStream;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/**
 * Writes bookings in DATEV's format EXTF 700, category 21 ("Buchungsstapel"), version 13: a header line, a line of column
 * names, a line for each booking; in Windows-1252, with semicolons and decimal commas. Amounts are positive; the side
 * says whether the account is debited (S) or credited (H).
 */
final class DatevFile {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final List<String> COLUMNS = columns();
    private static final DateTimeFormatter CREATED = DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("ddMM", Locale.ROOT);
    private static final DateTimeFormatter DUE = DateTimeFormatter.ofPattern("ddMMuuuu", Locale.ROOT);
    private static final int LONGEST_REFERENCE = 36;
    private static final int LONGEST_TEXT = 60;

    private final OutputStream out;
    private final CharsetEncoder encoder = WINDOWS.newEncoder();

    DatevFile(OutputStream out) {
        this.out = out;
    }

    /**
     * @param name name of the batch, at most 30 characters
     * @param from first day of the bookings, in one business year with the last
     * @param created local time
     */
    record Head(
            BookkeepingAccounts accounts,
            String name,
            LocalDate from,
            LocalDate until,
            Currency currency,
            LocalDateTime created) {}

    /**
     * @param amount above zero: the account is debited; below: it is credited
     * @param reference number of the invoice
     * @param text name of the recipient
     */
    record Booking(
            Money amount,
            long account,
            long offset,
            String buKey,
            LocalDate day,
            String reference,
            String text,
            LocalDate due) {}

    void begin(Head head) throws IOException {
        var accounts = head.accounts();
        line(List.of(
                quoted("EXTF"),
                "700",
                "21",
                quoted("Buchungsstapel"),
                "13",
                CREATED.format(head.created()),
                "",
                quoted("RE"),
                quoted(""),
                quoted(""),
                Integer.toString(accounts.consultant()),
                Integer.toString(accounts.client()),
                DAY.format(accounts.yearOf(head.from())),
                Integer.toString(accounts.accountLength()),
                DAY.format(head.from()),
                DAY.format(head.until()),
                quoted(head.name()),
                quoted(""),
                "1",
                "0",
                "0",
                quoted(head.currency().getCurrencyCode()),
                "",
                quoted(""),
                "",
                "",
                quoted(accounts.chart().code()),
                "",
                "",
                quoted(""),
                quoted("Polaris Express")));
        line(COLUMNS);
    }

    void add(Booking booking) throws IOException {
        var cells = new String[COLUMNS.size()];
        Arrays.fill(cells, "");
        var amount = booking.amount().amount();
        set(
                cells,
                "Umsatz (ohne Soll/Haben-Kz)",
                amount.abs()
                        .setScale(2, RoundingMode.UNNECESSARY)
                        .toPlainString()
                        .replace('.', ','));
        set(cells, "Soll/Haben-Kennzeichen", quoted(amount.signum() < 0 ? "H" : "S"));
        set(cells, "WKZ Umsatz", quoted(booking.amount().currency().getCurrencyCode()));
        set(cells, "Konto", Long.toString(booking.account()));
        set(cells, "Gegenkonto (ohne BU-Schlüssel)", Long.toString(booking.offset()));
        set(cells, "BU-Schlüssel", quoted(booking.buKey()));
        set(cells, "Belegdatum", DAY_OF_YEAR.format(booking.day()));
        set(cells, "Belegfeld 1", quoted(reference(booking.reference())));
        set(cells, "Buchungstext", quoted(shortened(printable(booking.text()), LONGEST_TEXT)));
        set(cells, "Festschreibung", "0");
        set(cells, "Fälligkeit", DUE.format(booking.due()));
        line(Arrays.asList(cells));
    }

    private static void set(String[] cells, String column, String value) {
        cells[COLUMNS.indexOf(column)] = value;
    }

    /** DATEV takes letters, digits and a few signs only. */
    private static String reference(String number) {
        return shortened(number.replaceAll("[^A-Za-z0-9$&%*+/-]", "-"), LONGEST_REFERENCE);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String shortened(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }

    /** Letters that Windows-1252 lacks lose their accents, or become a question mark. */
    private String printable(String text) {
        var printable = new StringBuilder();
        text.codePoints().map(one -> Character.isISOControl(one) ? ' ' : one).forEach(one -> {
            var character = Character.toString(one);
            if (!encoder.canEncode(character)) {
                character = Normalizer.normalize(character, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
            }
            printable.append(encoder.canEncode(character) ? character : "?");
        });
        return printable.toString();
    }

    private void line(List<String> cells) throws IOException {
        out.write((String.join(";", cells) + "\r\n").getBytes(WINDOWS));
    }

    private static List<String> columns() {
        var columns = new ArrayList<>(List.of(
                "Umsatz (ohne Soll/Haben-Kz)",
                "Soll/Haben-Kennzeichen",
                "WKZ Umsatz",
                "Kurs",
                "Basis-Umsatz",
                "WKZ Basis-Umsatz",
                "Konto",
                "Gegenkonto (ohne BU-Schlüssel)",
                "BU-Schlüssel",
                "Belegdatum",
                "Belegfeld 1",
                "Belegfeld 2",
                "Skonto",
                "Buchungstext",
                "Postensperre",
                "Diverse Adressnummer",
                "Geschäftspartnerbank",
                "Sachverhalt",
                "Zinssperre",
                "Beleglink"));
        for (int i = 1; i <= 8; i++) {
            columns.add("Beleginfo - Art " + i);
            columns.add("Beleginfo - Inhalt " + i);
        }
        columns.addAll(List.of(
                "KOST1 - Kostenstelle",
                "KOST2 - Kostenstelle",
                "Kost-Menge",
                "EU-Land u. UStID (Bestimmung)",
                "EU-Steuersatz (Bestimmung)",
                "Abw. Versteuerungsart",
                "Sachverhalt L+L",
                "Funktionsergänzung L+L",
                "BU 49 Hauptfunktionstyp",
                "BU 49 Hauptfunktionsnummer",
                "BU 49 Funktionsergänzung"));
        for (int i = 1; i <= 20; i++) {
            columns.add("Zusatzinformation - Art " + i);
            columns.add("Zusatzinformation- Inhalt " + i);
        }
        columns.addAll(List.of(
                "Stück",
                "Gewicht",
                "Zahlweise",
                "Forderungsart",
                "Veranlagungsjahr",
                "Zugeordnete Fälligkeit",
                "Skontotyp",
                "Auftragsnummer",
                "Buchungstyp",
                "USt-Schlüssel (Anzahlungen)",
                "EU-Land (Anzahlungen)",
                "Sachverhalt L+L (Anzahlungen)",
                "EU-Steuersatz (Anzahlungen)",
                "Erlöskonto (Anzahlungen)",
                "Herkunft-Kz",
                "Buchungs GUID",
                "KOST-Datum",
                "SEPA-Mandatsreferenz",
                "Skontosperre",
                "Gesellschaftername",
                "Beteiligtennummer",
                "Identifikationsnummer",
                "Zeichnernummer",
                "Postensperre bis",
                "Bezeichnung SoBil-Sachverhalt",
                "Kennzeichen SoBil-Buchung",
                "Festschreibung",
                "Leistungsdatum",
                "Datum Zuord. Steuerperiode",
                "Fälligkeit",
                "Generalumkehr (GU)",
                "Steuersatz",
                "Land",
                "Abrechnungsreferenz",
                "BVV-Position",
                "EU-Land u. UStID (Ursprung)",
                "EU-Steuersatz (Ursprung)",
                "Abw. Skontokonto"));
        return List.copyOf(columns);
    }
}
