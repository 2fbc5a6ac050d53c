package express.polaris.portal.invoices;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.parties.BankAccount;
import express.polaris.documents.InvoiceView;
import express.polaris.documents.InvoiceView.Line;
import express.polaris.documents.Texts;
import express.polaris.portal.PageFixtures;
import express.polaris.portal.PageFixtures.Sample;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sample invoice pages by name. */
public final class InvoiceFixtures {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 10);

    private static final BankAccount BANK =
            new BankAccount("Charging Example GmbH", "DE89370400440532013000", Optional.of("COBADEFFXXX"));

    private InvoiceFixtures() {}

    public static void addTo(Map<String, Sample> samples) {
        for (var locale : List.of(Locale.ENGLISH, Locale.GERMANY)) {
            var shell = PageFixtures.driver(locale);
            var texts = Texts.of(locale);
            var suffix = locale.equals(Locale.ENGLISH) ? "" : "-de";
            samples.put(
                    "invoice" + suffix,
                    new Sample("invoices/invoice.jte", new InvoicePage(shell, TODAY, ordinary(texts))));
            samples.put(
                    "invoices" + suffix,
                    new Sample(
                            "invoices/list.jte",
                            new InvoiceListPage(
                                    shell,
                                    TODAY,
                                    List.of(
                                            ordinary(texts),
                                            view(
                                                    texts,
                                                    "2026-000031",
                                                    TODAY.minusDays(40),
                                                    Optional.empty(),
                                                    List.of(),
                                                    List.of()),
                                            view(
                                                    texts,
                                                    "2026-000004",
                                                    TODAY.minusDays(70),
                                                    Optional.of(TODAY.minusDays(60)),
                                                    List.of(),
                                                    List.of())),
                                    Optional.of("/invoices?before=2026-000004"))));
        }
        samples.put(
                "invoice-long",
                new Sample(
                        "invoices/invoice.jte",
                        new InvoicePage(
                                PageFixtures.driver(Locale.ENGLISH), TODAY, endless(Texts.of(Locale.ENGLISH)))));
        samples.put(
                "invoices-empty",
                new Sample(
                        "invoices/list.jte",
                        new InvoiceListPage(PageFixtures.driver(Locale.ENGLISH), TODAY, List.of(), Optional.empty())));
    }

    public static InvoiceView ordinary(Texts texts) {
        return view(
                texts,
                "2026-000042",
                TODAY.minusDays(9),
                Optional.empty(),
                List.of(
                        line(texts.get("invoice.line.fee"), "Home, 01.05.2026 – 31.05.2026", "", "", "9.90"),
                        line(texts.get("invoice.line.energy"), "0–100 kWh", "100", "0", "0.00"),
                        line(texts.get("invoice.line.energy"), "100– kWh", "31.482", "0.29", "9.13"),
                        session(4630, texts.get("invoice.line.adjustment"), "1.2", "0.35", texts),
                        line(texts.get("invoice.line.credit"), "Station was down on 12 May", "", "", "-5.00")),
                List.of(
                        session(4711, "", "22.101", "5.12", texts),
                        session(4719, "", "13.814", "4.01", texts),
                        line(texts.count("invoice.line.others", 4), "", "95.567", "", "0.00"),
                        line(
                                texts.get("invoice.line.rounding"),
                                texts.get("invoice.line.roundingText"),
                                "",
                                "",
                                "0.00")));
    }

    private static InvoiceView endless(Texts texts) {
        var sessions = new ArrayList<Line>();
        for (int i = 0; i < 60; i++) {
            sessions.add(session(2_147_483_000L + i, "", "12345.678", "4938271.20", texts));
        }
        return new InvoiceView(
                "2026-999999",
                Invoice.Status.FINALIZED,
                true,
                Optional.empty(),
                Optional.empty(),
                "Invoice 2026-999999",
                dates(TODAY.minusDays(9), Optional.of(TODAY)),
                parties(
                        "charging.a-very-long-host-name-of-a-company-in-the-countryside.example",
                        "Bartholomew Featherstonehaugh-Cholmondeley <&\"'> von und zu Donaudampfschifffahrt",
                        "bartholomew.featherstonehaugh-cholmondeley@a-very-long-host-name.example"),
                List.of(line("Energy", "", "740740.68", "0.123456", "91449.00")),
                sessions,
                sums("1234567.89", "234567.90", "1469135.79"),
                List.of(),
                Optional.empty(),
                false);
    }

    private static InvoiceView view(
            Texts texts,
            String number,
            LocalDate issued,
            Optional<LocalDate> paid,
            List<Line> charges,
            List<Line> sessions) {
        return new InvoiceView(
                number,
                Invoice.Status.FINALIZED,
                true,
                Optional.empty(),
                Optional.empty(),
                texts.get("invoice.title", number),
                dates(issued, paid),
                parties("charging.example.org", "Dana Lindqvist", "dana@example.org"),
                charges,
                sessions,
                sums("14.38", "2.73", "17.11"),
                List.of(),
                Optional.of(new InvoiceView.Payment(
                        BANK, euro("17.11"), dates(issued, paid).dueOn(), number)),
                true);
    }

    private static InvoiceView.Parties parties(String issuer, String name, String email) {
        return new InvoiceView.Parties(
                issuer,
                Optional.of(new InvoiceView.Sender(
                        List.of("Oak Street 7", "50667 Köln", "Germany"),
                        List.of("Accounts", "billing@example.org", "+49 221 4711"),
                        List.of(new InvoiceView.Fact("VAT id", "DE123456788")),
                        Optional.of(BANK),
                        Optional.empty(),
                        Optional.empty())),
                name,
                email,
                List.of("Elm Street 3", "50668 Köln"),
                List.of(new InvoiceView.Fact("Order reference", "PO 4711")));
    }

    private static InvoiceView.Dates dates(LocalDate issued, Optional<LocalDate> paid) {
        var first = issued.minusMonths(1).withDayOfMonth(1);
        return new InvoiceView.Dates(first, first.plusMonths(1).minusDays(1), issued, issued.plusDays(14), paid);
    }

    private static InvoiceView.Sums sums(String net, String vat, String total) {
        return new InvoiceView.Sums(euro(net), Optional.of(new BigDecimal("19")), euro(vat), euro(total));
    }

    private static Line session(long id, String detail, String kwh, String amount, Texts texts) {
        return new Line(
                texts.get("session.title", id),
                detail,
                Optional.of(new SessionId(id)),
                Optional.of(Energy.ofKilowattHours(new BigDecimal(kwh))),
                Optional.empty(),
                Optional.empty(),
                euro(amount),
                Optional.of(new InvoiceView.Stay(
                        "12.05.2026, 18:05 – 21:40", "Garage left, Oak Street 7", "Card on the key ring")));
    }

    private static Line line(String what, String detail, String kwh, String price, String amount) {
        return new Line(
                what,
                detail,
                Optional.empty(),
                Optional.of(kwh).filter(it -> !it.isEmpty()).map(it -> Energy.ofKilowattHours(new BigDecimal(it))),
                Optional.empty(),
                Optional.of(price).filter(it -> !it.isEmpty()).map(it -> new InvoiceView.Price("€" + it, "")),
                euro(amount),
                Optional.empty());
    }

    private static Money euro(String amount) {
        return new Money(new BigDecimal(amount), EUR);
    }
}
