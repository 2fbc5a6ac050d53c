package express.polaris.documents;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.invoicing.LinePrice;
import express.polaris.documents.EInvoice.VatCategory;
import express.polaris.units.Energy;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A line says how its quantity makes its amount. */
class InvoiceLinePricesTest {

    private static final Invoice VOLUME =
            Objects.requireNonNull(SampleInvoices.all().get("volume"));

    private static InvoiceWords words(Locale locale) {
        return new InvoiceWords(Texts.of(locale), new Format(locale, ZoneId.of("Europe/Berlin")));
    }

    private static List<String> prices(Invoice invoice, Locale locale) {
        return invoice.lines().stream()
                .map(line -> words(locale)
                        .line(line, invoice)
                        .price()
                        .map(InvoiceView.Price::words)
                        .orElse("")
                        .replace('\u00a0', ' '))
                .toList();
    }

    @Test
    void whatUnitPriceTimesQuantityLeavesOfTheAmountIsNamed() {
        assertThat(prices(VOLUME, Locale.ENGLISH))
                .containsExactly(
                        "€0.20 − €33.20 by the volume price", // −3.10 − 30.10
                        "€0.333333 + €2.01 flat", // 18.79 − 16.78
                        "€0.30",
                        "", // 2 packages
                        "€0.237 on average", // 7.23 ÷ 30.5
                        ""); // 2 packages
        assertThat(prices(VOLUME, Locale.GERMANY))
                .containsExactly(
                        "0,20 € − 33,20 € durch den Mengenpreis",
                        "0,333333 € + 2,01 € fest",
                        "0,30 €",
                        "",
                        "0,237 € im Schnitt",
                        "");
    }

    @Test
    void theXmlHasTheSameWords() {
        var lines = new EInvoiceLines(VOLUME, VatCategory.STANDARD, Optional.empty(), words(Locale.ENGLISH), false);
        assertThat(lines.items().stream()
                        .map(item -> item.getProduct().getDescription())
                        .toList())
                .containsExactly(
                        "Volume; 150.500 kWh × €0.20 − €33.20 by the volume price",
                        "above 100 kWh; 50.333 kWh × €0.333333 + €2.01 flat",
                        "0–100 kWh",
                        "12.000 kWh",
                        "spot; 30.500 kWh × €0.237 on average",
                        "3");
    }

    @Test
    void aCentOfRoundingIsNoFlatAmount() {
        var late = Objects.requireNonNull(SampleInvoices.all().get("late-fees"));
        assertThat(prices(late, Locale.ENGLISH))
                .containsExactly("", "€0.50", "€0.05", "€0.05"); // 33.7 × 0.05 = 1.685 is 1.68 on the invoice
    }

    @Test
    void aFlatAmountThatIsGivenBackIsStillOne() {
        var line = VOLUME.lines().get(1);
        var back = new InvoiceLine(
                line.subject(),
                line.energy().map(Energy::negated),
                line.unitPrice(),
                line.amount().negate());
        assertThat(back.price().map(LinePrice::isRepriced)).contains(false);
        assertThat(back.price().orElseThrow().flat()).isEqualByComparingTo("-2.01");
    }
}
