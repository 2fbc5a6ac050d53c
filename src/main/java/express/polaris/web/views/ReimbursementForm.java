package express.polaris.web.views;

import express.polaris.billing.statements.ReimbursementRate;
import express.polaris.billing.statements.ReimbursementWish;
import express.polaris.web.FieldFaults;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.springframework.util.MultiValueMap;

/**
 * Form with a driver's terms of reimbursement, as drivers and operators fill it in.
 *
 * @param rates the last one is empty, for another rate
 * @param home charge boxes and cards that can be marked
 * @param suggested rate to suggest
 */
public record ReimbursementForm(
        String employer,
        String vehicle,
        String plate,
        String reference,
        String sendTo,
        List<Rate> rates,
        List<Home> home,
        Currency currency,
        BigDecimal suggested,
        FieldFaults faults) {

    public ReimbursementForm {
        rates = List.copyOf(rates);
        home = List.copyOf(home);
    }

    /** A rate as typed. */
    public record Rate(String from, String to, String amount, String kind) {

        static final Rate EMPTY = new Rate("", "", "", ReimbursementRate.Kind.FIXED.wireName());
    }

    /**
     * A charge box or a card.
     *
     * @param name form field: {@code box} or {@code card}
     * @param detail charge box id, or masked idTag
     */
    public record Home(String name, String value, String label, String detail, boolean marked) {}

    public Optional<String> fault(String field) {
        return faults.at(field);
    }

    /** Names of the fields beside which a fault is shown. */
    public List<String> fields() {
        var fields = new ArrayList<>(List.of("employer", "vehicle", "plate", "reference", "sendTo"));
        for (int index = 0; index < rates.size(); index++) {
            for (var part : List.of("from", "to", "amount", "kind")) {
                fields.add("rates[" + index + "]." + part);
            }
        }
        return fields;
    }

    /** Reads the form. A rate without first day and amount is left out; an amount may have a decimal comma. */
    public static ReimbursementWish wish(MultiValueMap<String, String> form) {
        var rates = new ArrayList<ReimbursementWish.Rate>();
        var from = values(form, "from");
        for (int index = 0; index < from.size(); index++) {
            var amount = at(values(form, "amount"), index).replace(',', '.');
            if (!from.get(index).isBlank() || !amount.isBlank()) {
                rates.add(new ReimbursementWish.Rate(
                        Optional.of(from.get(index)),
                        Optional.of(at(values(form, "to"), index)),
                        Optional.of(amount),
                        Optional.of(at(values(form, "kind"), index))));
            }
        }
        var home = new ArrayList<ReimbursementWish.Home>();
        values(form, "box").forEach(box -> home.add(new ReimbursementWish.Home(Optional.of(box), Optional.empty())));
        values(form, "card")
                .forEach(card -> home.add(new ReimbursementWish.Home(Optional.empty(), Optional.of(id(card)))));
        return new ReimbursementWish(
                text(form, "employer"),
                text(form, "vehicle"),
                text(form, "plate"),
                text(form, "reference"),
                text(form, "sendTo"),
                rates,
                home);
    }

    private static Optional<String> text(MultiValueMap<String, String> form, String name) {
        return Optional.ofNullable(form.getFirst(name));
    }

    private static List<String> values(MultiValueMap<String, String> form, String name) {
        return form.getOrDefault(name, List.of());
    }

    private static String at(List<String> values, int index) {
        return index < values.size() ? values.get(index) : "";
    }

    /** An id that no card has, for text that is not an id. */
    private static long id(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
