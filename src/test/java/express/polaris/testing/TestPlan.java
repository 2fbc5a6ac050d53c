package express.polaris.testing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan in Lago's JSON: monthly, in euros, without fee or VAT, unless changed. */
public record TestPlan(String code, String name, String interval, int cents, int vat, Map<String, ?> charge) {

    private static TestPlan of(String code, String model, Map<String, ?> properties) {
        return new TestPlan(
                code, code, "monthly", 0, 0, Map.of("charge_model", model, "properties", Map.copyOf(properties)));
    }

    /** A standard charge with one price per kWh. */
    public static TestPlan standard(String code, String price) {
        return of(code, "standard", Map.of("amount", price));
    }

    /** A graduated charge with consecutive {@link #range ranges}. */
    @SafeVarargs
    public static TestPlan graduated(String code, Map<String, Object>... ranges) {
        return of(code, "graduated", Map.of("graduated_ranges", Arrays.asList(ranges)));
    }

    /** A charge by packages of so many kWh. */
    public static TestPlan packages(String code, String price, int size) {
        return of(code, "package", Map.of("amount", price, "package_size", size, "free_units", 0));
    }

    /** A plan with an unsupported charge model. */
    public static TestPlan unsupported(String code) {
        return of(code, "percentage", Map.of("rate", "1"));
    }

    /** A range of a graduated charge, in kWh. */
    public static Map<String, Object> range(int from, int to, String price) {
        return range(from, Optional.of(to), price, "0");
    }

    /** The last range of a graduated charge. */
    public static Map<String, Object> rangeFrom(int from, String price) {
        return rangeFrom(from, price, "0");
    }

    /** The last range, with a flat amount due once when it is reached. */
    public static Map<String, Object> rangeFrom(int from, String price, String flat) {
        return range(from, Optional.empty(), price, flat);
    }

    private static Map<String, Object> range(int from, Optional<Integer> to, String price, String flat) {
        var range =
                new HashMap<String, Object>(Map.of("from_value", from, "per_unit_amount", price, "flat_amount", flat));
        to.ifPresent(end -> range.put("to_value", end));
        return range;
    }

    public TestPlan named(String name) {
        return new TestPlan(code, name, interval, cents, vat, charge);
    }

    /** @param interval such as {@code weekly} */
    public TestPlan every(String interval) {
        return new TestPlan(code, name, interval, cents, vat, charge);
    }

    public TestPlan fee(int cents) {
        return new TestPlan(code, name, interval, cents, vat, charge);
    }

    /** @param vat in percent */
    public TestPlan vat(int vat) {
        return new TestPlan(code, name, interval, cents, vat, charge);
    }

    public Map<String, Object> json() {
        var energy = new HashMap<String, Object>(charge);
        energy.put("billable_metric_code", "energy_kwh");
        return Map.of(
                "code", code,
                "name", name,
                "interval", interval,
                "amount_cents", cents,
                "amount_currency", "EUR",
                "vat_rate", vat,
                "charges", List.of(energy));
    }
}
