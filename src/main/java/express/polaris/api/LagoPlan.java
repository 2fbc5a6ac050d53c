package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import express.polaris.billing.Plan;
import express.polaris.problems.Faults;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan in Lago's JSON.
 *
 * @param vatRate in percent
 * @param charges as they were given
 * @param version from 1, in the order in which the code was saved
 * @param unsupported what changes the price and is not computed here; not empty = the price of energy is unknown
 */
record LagoPlan(
        long id,
        String code,
        String name,
        String interval,
        @JsonProperty("amount_cents") BigInteger amountCents,
        @JsonProperty("amount_currency") String amountCurrency,
        @JsonProperty("pay_in_advance") boolean payInAdvance,
        @JsonProperty("vat_rate") BigDecimal vatRate,
        @JsonRawValue String charges,
        int version,
        List<String> unsupported) {

    private static final int MOST_DIGITS = 40;
    private static final int DEEPEST = 20;

    static LagoPlan of(Plan plan, String charges) {
        return new LagoPlan(
                plan.id().value(),
                plan.code(),
                plan.name(),
                plan.interval().name().toLowerCase(Locale.ROOT),
                plan.fee()
                        .amount()
                        .movePointRight(plan.currency().getDefaultFractionDigits())
                        .toBigIntegerExact(),
                plan.currency().getCurrencyCode(),
                plan.payInAdvance(),
                plan.vatRate(),
                charges,
                plan.version(),
                plan.unsupported());
    }

    /** A plan is kept as it is given, so everything in it must be something that can be kept. */
    static Faults unkeepable(Map<String, ? extends @Nullable Object> json) {
        var faults = new Faults();
        check("", json, 0, faults);
        return faults;
    }

    private static void check(String path, @Nullable Object value, int depth, Faults faults) {
        if (depth > DEEPEST) {
            faults.add(path, "This lies too deep: nest at most " + DEEPEST + " levels.");
            return;
        }
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, part) -> {
                    var name = String.valueOf(key);
                    var below = path.isEmpty() ? name : path + "." + name;
                    faults.require(isText(name), path.isEmpty() ? "plan" : path, "A name holds a broken character.");
                    check(below, part, depth + 1, faults);
                });
            case List<?> list -> {
                for (int place = 0; place < list.size(); place++) {
                    check(path + "[" + place + "]", list.get(place), depth + 1, faults);
                }
            }
            case String text -> faults.require(isText(text), path, "Give a text without broken characters.");
            case BigDecimal number -> faults.require(isShort(number), path, "Give at most " + MOST_DIGITS + " digits.");
            case BigInteger number ->
                faults.require(isShort(new BigDecimal(number)), path, "Give at most " + MOST_DIGITS + " digits.");
            case null, default -> {}
        }
    }

    private static boolean isShort(BigDecimal number) {
        return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    }

    private static boolean isText(String text) {
        return text.indexOf('\0') < 0
                && text.codePoints()
                        .noneMatch(point -> Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE);
    }
}
