package express.polaris.documents;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.invoicing.LineSubject;
import express.polaris.documents.EInvoice.VatCategory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.mustangproject.Item;
import org.mustangproject.Product;

/**
 * Lines of an e-invoice. EN 16931 demands that quantity × price, rounded to the cent, is the line's amount, and allows
 * no negative price. A line that does not compute so (running sums, flat amounts, re-priced volumes) has the quantity 1
 * or −1, its amount as the price, and its energy or usage in the description.
 */
record EInvoiceLines(
        Invoice invoice, VatCategory category, Optional<String> exemption, InvoiceWords words, boolean turnsSign) {

    private static final String ONE = "C62";
    private static final String KILOWATT_HOUR = "KWH";
    private static final String MINUTE = "MIN";
    private static final int DECIMALS = 2;

    /** The lines that make up the net amount. */
    List<Item> items() {
        return invoice.lines().stream()
                .filter(line -> line.kind().counts())
                .map(this::item)
                .toList();
    }

    private record Quantity(BigDecimal value, String unit) {}

    private Item item(InvoiceLine line) {
        var amount = line.amount();
        return quantity(line)
                .filter(quantity -> line.unitPrice()
                        .filter(price -> price.signum() >= 0)
                        .map(price -> price.multiply(quantity.value()).setScale(DECIMALS, RoundingMode.HALF_UP))
                        .filter(product -> product.compareTo(amount) == 0)
                        .isPresent())
                .map(quantity -> item(
                        line,
                        quantity.unit(),
                        "",
                        line.unitPrice().orElseThrow().stripTrailingZeros(),
                        quantity.value()))
                .orElseGet(() -> item(
                        line,
                        ONE,
                        counted(line),
                        amount.abs(),
                        amount.signum() < 0 ? BigDecimal.ONE.negate() : BigDecimal.ONE));
    }

    private Item item(InvoiceLine line, String unit, String counted, BigDecimal price, BigDecimal quantity) {
        var shown = words.line(line, invoice);
        var stay = shown.stay();
        var description = InvoiceWords.joined(
                "; ",
                shown.detail(),
                counted,
                stay.map(InvoiceView.Stay::time).orElse(""),
                stay.map(InvoiceView.Stay::place).orElse(""),
                stay.map(InvoiceView.Stay::card).orElse(""));
        var product = new Product(
                EInvoice.clean(shown.what()),
                EInvoice.clean(description),
                unit,
                invoice.vatRate().stripTrailingZeros());
        product.setTaxCategoryCode(category.code());
        exemption.ifPresent(product::setTaxExemptionReason);
        return new Item(product, price, turnsSign ? quantity.negate() : quantity);
    }

    private static Optional<Quantity> quantity(InvoiceLine line) {
        return line.subject()
                .usage()
                .map(EInvoiceLines::quantity)
                .or(() -> line.energy().map(energy -> new Quantity(energy.kilowattHours(), KILOWATT_HOUR)));
    }

    private static Quantity quantity(LineSubject.Usage usage) {
        return new Quantity(
                usage.quantity(),
                switch (usage.metric()) {
                    case ENERGY -> KILOWATT_HOUR;
                    case SESSIONS -> ONE;
                    case CONNECTED_MINUTES, CHARGING_MINUTES, IDLE_MINUTES -> MINUTE;
                });
    }

    /** What the description says of a line whose price is not per unit. */
    private String counted(InvoiceLine line) {
        var shown = words.line(line, invoice);
        var price = shown.price().map(each -> " × " + each.words()).orElse("");
        return shown.usage()
                .or(() -> shown.energy().map(energy -> words.format().energy(energy) + " kWh"))
                .map(quantity -> quantity + price)
                .orElse("");
    }
}
