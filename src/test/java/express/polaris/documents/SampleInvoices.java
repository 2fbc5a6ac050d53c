package express.polaris.documents;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.invoicing.LineSubject;
import express.polaris.billing.invoicing.LineSubject.SessionFacts;
import express.polaris.billing.parties.BankAccount;
import express.polaris.billing.parties.Issuer;
import express.polaris.billing.parties.Logo;
import express.polaris.billing.parties.Parties;
import express.polaris.billing.parties.PostalAddress;
import express.polaris.billing.parties.Recipient;
import express.polaris.billing.parties.VatNote;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** One invoice of every kind. */
final class SampleInvoices {

    /** Name of the invoice with 300 sessions. */
    static final String LONG = "300-sessions";

    private static final LocalDate ISSUED = LocalDate.of(2026, 6, 1);
    private static final Interval MAY =
            new Interval(Instant.parse("2026-04-30T22:00:00Z"), Instant.parse("2026-05-31T22:00:00Z"));
    private static final Recipient PERSON = new Recipient(
            Recipient.Kind.PERSON,
            "Dana Lindqvist",
            "dana@example.org",
            Optional.of(new PostalAddress("Ulmenweg 3", Optional.empty(), "50668", "Köln", "DE")),
            Optional.empty(),
            Optional.empty());
    private static final Recipient COMPANY = new Recipient(
            Recipient.Kind.COMPANY,
            "Vandermeer & Zonen Transport B.V.",
            "facturen@example.org",
            Optional.of(new PostalAddress("Keizersgracht 12", Optional.of("Unit 4"), "1015 CJ", "Amsterdam", "NL")),
            Optional.of("NL123456782B90"),
            Optional.of("PO-2026/0815"));

    private SampleInvoices() {}

    static Issuer issuer(VatNote note) {
        return new Issuer(
                1,
                "Ladepark Rheinland GmbH",
                new PostalAddress("Eichenstraße 7", Optional.empty(), "50667", "Köln", "DE"),
                Optional.of("215/5801/4711"),
                note == VatNote.SMALL_BUSINESS ? Optional.empty() : Optional.of("DE123456788"),
                note == VatNote.SMALL_BUSINESS ? Optional.empty() : Optional.of("Amtsgericht Köln, HRB 4711"),
                "Buchhaltung",
                "rechnung@example.org",
                Optional.of("+49 221 471100"),
                Optional.of(new BankAccount(
                        "Ladepark Rheinland GmbH", "DE89370400440532013000", Optional.of("COBADEFFXXX"))),
                note == VatNote.NONE ? Optional.of(logo()) : Optional.empty(),
                Optional.of("Geschäftsführerin: Marta Kowalski"),
                14,
                "{year}-{number:6}",
                note);
    }

    /** An issuer without phone and bank account. */
    private static Issuer bare() {
        var full = issuer(VatNote.NONE);
        return new Issuer(
                1,
                full.legalName(),
                full.address(),
                full.taxNumber(),
                Optional.empty(),
                Optional.empty(),
                full.contact(),
                full.email(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                14,
                full.numberFormat(),
                VatNote.NONE);
    }

    /** By name; the order is that of the numbers. */
    static Map<String, Invoice> all() {
        var all = new LinkedHashMap<String, Invoice>();
        all.put("period", period());
        all.put("start-fee", of(Invoice.Kind.START, "2026-000002", "19", List.of(fee("9.90"))));
        all.put("adjustment", of(Invoice.Kind.ADJUSTMENT, "2026-000003", "19", List.of(late("1.2", "0.35"))));
        all.put(
                "credit-note",
                of(
                        Invoice.Kind.ADJUSTMENT,
                        "2026-000004",
                        "19",
                        List.of(
                                late("1.2", "0.35"),
                                amount(
                                        new LineSubject.GrantedCredit(Optional.empty(), "Station was down on 12 May"),
                                        "-5.00"))));
        all.put("cancellation", cancellation(period()));
        all.put(
                "zero",
                of(
                        Invoice.Kind.PERIOD,
                        "2026-000006",
                        "19",
                        List.of(
                                energy(Optional.empty(), "100", "", "31.482", "0", "0.00"),
                                amount(new LineSubject.OtherSessions(4), "0.00"))));
        all.put(
                "small-business",
                with(
                        issuer(VatNote.SMALL_BUSINESS),
                        PERSON,
                        of(
                                Invoice.Kind.PERIOD,
                                "2026-000007",
                                "0",
                                List.of(
                                        fee("9.90"),
                                        energy(Optional.empty(), "", "", "31.482", "0.29", "9.13"))))); // 9.12978
        all.put(
                "reverse-charge",
                with(
                        issuer(VatNote.REVERSE_CHARGE),
                        COMPANY,
                        of(
                                Invoice.Kind.PERIOD,
                                "2026-000008",
                                "0",
                                List.of(energy(Optional.empty(), "", "", "31.482", "0.29", "9.13")))));
        all.put(LONG, sessions(300));
        all.put("long-names", longNames());
        all.put("usage-and-discount", usage());
        all.put("late-fees", lateFees());
        all.put(
                "volume",
                of(
                        Invoice.Kind.PERIOD,
                        "2026-000012",
                        "7.7",
                        List.of(
                                energy(
                                        Optional.of("Volume"),
                                        "",
                                        "",
                                        "150.5",
                                        "0.2",
                                        "-3.10"), // re-priced: 30.10 − 33.20
                                energy(
                                        Optional.empty(),
                                        "100",
                                        "",
                                        "50.333333",
                                        "0.333333",
                                        "18.79"), // 16.7778 + 2.00 flat
                                energy(Optional.empty(), "0", "100", "100", "0.30", "30.00"),
                                energy(Optional.empty(), "", "", "12", "0", "10.00"), // 2 packages of 10 kWh
                                new InvoiceLine(
                                        new LineSubject.EnergyBand(
                                                Optional.empty(), Optional.empty(), Optional.of("spot")),
                                        Optional.of(kwh("30.5")),
                                        Optional.empty(),
                                        new BigDecimal("7.23")),
                                new InvoiceLine(
                                        new LineSubject.Usage(
                                                BillableMetric.SESSIONS, new BigDecimal("3"), Optional.empty()),
                                        Optional.empty(),
                                        Optional.of(BigDecimal.ZERO),
                                        new BigDecimal("10.00"))))); // 2 packages of 2 sessions
        all.put(
                "bare-issuer",
                with(bare(), PERSON, of(Invoice.Kind.PERIOD, "2026-000013", "19", List.of(fee("9.90")))));
        return all;
    }

    private static Invoice period() {
        return of(
                Invoice.Kind.PERIOD,
                "2026-000001",
                "19",
                List.of(
                        fee("9.90"),
                        energy(Optional.of("Night"), "0", "", "64.25", "0.24", "15.42"), // 15.42
                        energy(Optional.of("Day"), "0", "100", "100", "0.39", "39.00"),
                        energy(Optional.of("Day"), "100", "", "31.482", "0.29", "9.13"), // 9.12978
                        late("1.2", "0.35"),
                        session(4711, 3, "82.101", "25.12"),
                        session(4719, 12, "113.631", "38.42"),
                        amount(new LineSubject.OtherSessions(2), "0.00"),
                        amount(new LineSubject.Rounding(), "0.01")));
    }

    private static Invoice cancellation(Invoice cancelled) {
        var lines = cancelled.lines().stream()
                .map(line -> new InvoiceLine(
                        line.subject(),
                        line.energy().map(Energy::negated),
                        line.unitPrice(),
                        line.amount().negate()))
                .toList();
        var invoice = of(Invoice.Kind.CANCELLATION, "2026-000005", "19", lines);
        return new Invoice(
                invoice.number(),
                invoice.driver(),
                invoice.subscription(),
                invoice.kind(),
                invoice.status(),
                invoice.period(),
                invoice.issuedOn(),
                invoice.dueOn(),
                invoice.paidAt(),
                invoice.currency(),
                invoice.net(),
                invoice.vatRate(),
                invoice.vat(),
                invoice.total(),
                invoice.issuer(),
                invoice.recipientName(),
                invoice.recipientEmail(),
                invoice.parties(),
                Optional.of(cancelled.number()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Invoice.Cancellation(cancelled.issuedOn(), Optional.of("Only for operators"))),
                invoice.lines());
    }

    private static Invoice sessions(int count) {
        var lines = new ArrayList<InvoiceLine>();
        lines.add(energy(Optional.empty(), "0", "", "3704.1", "0.35", "1296.44")); // 1296.435
        for (int i = 0; i < count; i++) {
            lines.add(session(5000 + i, i % 31, "12.347", "4.32")); // 300 × 4.32 = 1296.00
        }
        lines.add(amount(new LineSubject.Rounding(), "0.44"));
        return of(Invoice.Kind.PERIOD, "2026-000009", "19", lines);
    }

    private static Invoice longNames() {
        var longName =
                "Bartholomäus Featherstonehaugh-Cholmondeley <&\"'> von und zu Donaudampfschifffahrtsgesellschaft";
        var recipient = new Recipient(
                Recipient.Kind.COMPANY,
                longName + " Beteiligungsverwaltungsgesellschaft mit beschränkter Haftung & Co. KG",
                "bartholomaeus.featherstonehaugh-cholmondeley@a-very-long-host-name-in-the-countryside.example",
                Optional.of(new PostalAddress(
                        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsstraße 123 a",
                        Optional.of("Hinterhof, dritter Aufgang links, Briefkasten 17"),
                        "17109",
                        "Hansestadt Demmin-Drönnewitz an der Mecklenburgischen Seenplatte",
                        "DE")),
                Optional.of("DE123456788"),
                Optional.of("Bestellung-2026-0000000000000000000000000000000000000815"));
        return with(
                issuer(VatNote.NONE),
                recipient,
                of(
                        Invoice.Kind.PERIOD,
                        "2026-000010",
                        "19",
                        List.of(
                                new InvoiceLine(
                                        new LineSubject.PlanFee(longName, ISSUED.minusMonths(1), ISSUED.minusDays(1)),
                                        Optional.empty(),
                                        Optional.empty(),
                                        new BigDecimal("9.90")),
                                energy(
                                        Optional.of(
                                                "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"),
                                        "0",
                                        "",
                                        "740740.68",
                                        "0.123456",
                                        "91448.88"), // 91448.8813…
                                new InvoiceLine(
                                        new LineSubject.OneSession(
                                                new SessionId(2_147_483_000L),
                                                Optional.of(new SessionFacts(
                                                        Instant.parse("2026-05-03T16:05:00Z"),
                                                        Optional.of(Instant.parse("2026-05-04T05:40:00Z")),
                                                        Optional.of(
                                                                "Rindfleischetikettierungsüberwachungsladestation Nummer siebzehn"),
                                                        Optional.of(
                                                                "Tiefgarage Donaudampfschifffahrtsgesellschaftsplatz"),
                                                        Optional.of("Ladekarte des Geschäftsführers, blau")))),
                                        Optional.of(kwh("740740.68")),
                                        Optional.empty(),
                                        new BigDecimal("91448.88")))));
    }

    private static Invoice usage() {
        return of(
                Invoice.Kind.PERIOD,
                "2026-000011",
                "19",
                List.of(
                        energy(Optional.of("Car park"), "0", "", "64.25", "0.24", "15.42"),
                        new InvoiceLine(
                                new LineSubject.Usage(BillableMetric.SESSIONS, new BigDecimal("7"), Optional.empty()),
                                Optional.empty(),
                                Optional.of(new BigDecimal("0.5")),
                                new BigDecimal("3.50")),
                        new InvoiceLine(
                                new LineSubject.Usage(
                                        BillableMetric.IDLE_MINUTES, new BigDecimal("83.5"), Optional.of("Day")),
                                Optional.empty(),
                                Optional.of(new BigDecimal("0.1")),
                                new BigDecimal("8.35")),
                        new InvoiceLine(
                                new LineSubject.Usage(
                                        BillableMetric.CHARGING_MINUTES, new BigDecimal("33.333333"), Optional.empty()),
                                Optional.empty(),
                                Optional.of(new BigDecimal("0.05")),
                                new BigDecimal("2.67")), // 1.67 + 1.00 flat
                        amount(new LineSubject.Discount("Employees", new BigDecimal("10")), "-2.99"),
                        session(4711, 3, "64.25", "26.95")));
    }

    private static Invoice lateFees() {
        return of(
                Invoice.Kind.ADJUSTMENT,
                "2026-000014",
                "19",
                List.of(
                        late("1.2", "0.35"),
                        late(BillableMetric.SESSIONS, "1", "0.5", "0.50"),
                        late(BillableMetric.IDLE_MINUTES, "33.7", "0.05", "1.68"), // 1.685 between running sums
                        late(BillableMetric.IDLE_MINUTES, "-13.7", "0.05", "-0.69"))); // −0.685
    }

    private static InvoiceLine late(BillableMetric metric, String quantity, String price, String amount) {
        return new InvoiceLine(
                new LineSubject.LateUsage(
                        new SessionId(4630),
                        ISSUED.minusMonths(2),
                        new LineSubject.Usage(metric, new BigDecimal(quantity), Optional.empty()),
                        Optional.of(facts(1))),
                Optional.empty(),
                Optional.of(new BigDecimal(price)),
                new BigDecimal(amount));
    }

    private static Invoice of(Invoice.Kind kind, String number, String vatRate, List<InvoiceLine> lines) {
        var net = lines.stream()
                .filter(line -> line.kind().counts())
                .map(InvoiceLine::amount)
                .reduce(new BigDecimal("0.00"), BigDecimal::add);
        var vat = net.multiply(new BigDecimal(vatRate)).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
        var now = Instant.parse("2026-06-01T06:00:00Z");
        return with(
                issuer(VatNote.NONE),
                PERSON,
                new Invoice(
                        number,
                        new AccountId(999_999),
                        Optional.empty(),
                        kind,
                        Invoice.Status.FINALIZED,
                        kind == Invoice.Kind.ADJUSTMENT ? new Interval(now, now) : MAY,
                        ISSUED,
                        ISSUED.plusDays(14),
                        Optional.empty(),
                        Currency.getInstance("EUR"),
                        net,
                        new BigDecimal(vatRate),
                        vat,
                        net.add(vat),
                        "",
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        lines));
    }

    static Invoice with(Issuer issuer, Recipient recipient, Invoice invoice) {
        return new Invoice(
                invoice.number(),
                invoice.driver(),
                invoice.subscription(),
                invoice.kind(),
                invoice.status(),
                invoice.period(),
                invoice.issuedOn(),
                invoice.dueOn(),
                invoice.paidAt(),
                invoice.currency(),
                invoice.net(),
                invoice.vatRate(),
                invoice.vat(),
                invoice.total(),
                issuer.legalName(),
                recipient.name(),
                recipient.email(),
                Optional.of(new Parties(issuer, recipient)),
                invoice.cancels(),
                invoice.cancelledBy(),
                invoice.replaces(),
                invoice.cancellation(),
                invoice.lines());
    }

    private static InvoiceLine fee(String amount) {
        return amount(new LineSubject.PlanFee("Home to Work", ISSUED.minusMonths(1), ISSUED.minusDays(1)), amount);
    }

    private static InvoiceLine amount(LineSubject subject, String amount) {
        return new InvoiceLine(subject, Optional.empty(), Optional.empty(), new BigDecimal(amount));
    }

    private static InvoiceLine energy(
            Optional<String> name, String above, String upTo, String kwh, String price, String amount) {
        return new InvoiceLine(
                new LineSubject.EnergyBand(bound(above), bound(upTo), name),
                Optional.of(kwh(kwh)),
                Optional.of(new BigDecimal(price)),
                new BigDecimal(amount));
    }

    private static InvoiceLine late(String kwh, String amount) {
        return new InvoiceLine(
                new LineSubject.LateEnergy(new SessionId(4630), ISSUED.minusMonths(2), Optional.of(facts(1))),
                Optional.of(kwh(kwh)),
                Optional.empty(),
                new BigDecimal(amount));
    }

    private static InvoiceLine session(long id, int day, String kwh, String amount) {
        return new InvoiceLine(
                new LineSubject.OneSession(new SessionId(id), Optional.of(facts(day))),
                Optional.of(kwh(kwh)),
                Optional.empty(),
                new BigDecimal(amount));
    }

    private static SessionFacts facts(int day) {
        var start = Instant.parse("2026-05-01T16:05:00Z").plus(Duration.ofDays(day));
        return new SessionFacts(
                start,
                Optional.of(start.plus(Duration.ofMinutes(215))),
                Optional.of("Carport links"),
                Optional.of("Eichenstraße 7, Köln"),
                Optional.of("Schlüsselbund"));
    }

    private static Optional<Energy> bound(String kwh) {
        return Optional.of(kwh).filter(text -> !text.isEmpty()).map(SampleInvoices::kwh);
    }

    private static Energy kwh(String kwh) {
        return Energy.ofKilowattHours(new BigDecimal(kwh));
    }

    private static Logo logo() {
        var image = new BufferedImage(600, 180, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 600, 180);
        pen.setColor(new Color(0x0B7A54));
        pen.fillRoundRect(0, 20, 140, 140, 40, 40);
        pen.fillRect(170, 60, 400, 24);
        pen.fillRect(170, 100, 260, 24);
        pen.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Logo("image/png", out.toByteArray());
    }
}
