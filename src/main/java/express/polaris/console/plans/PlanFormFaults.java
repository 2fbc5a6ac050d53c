package express.polaris.console.plans;

import express.polaris.console.ConsoleReason;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names the form's fields in faults of the plan's JSON. */
final class PlanFormFaults {

    private static final Pattern CHARGE = Pattern.compile("charges\\[(\\d+)]\\.(.+)");
    private static final Pattern TIER = Pattern.compile("properties\\.(?:graduated|volume)_ranges\\[(\\d+)]\\.(\\w+)");
    private static final Pattern FILTER = Pattern.compile("filters\\[(\\d+)]\\.(?:(values)|properties).*");

    private final boolean hasEnergy;

    private PlanFormFaults(PlanForm form) {
        this.hasEnergy = !form.energy().model().equals("none");
    }

    /** The same refusal, with the form's field names in place of the JSON's. */
    static Refusal named(Refusal refusal, PlanForm form) {
        if (!(refusal instanceof InvalidInput invalid)) {
            return refusal;
        }
        var names = new PlanFormFaults(form);
        var faults = invalid.faults().stream().flatMap(names::named).toList();
        return faults.isEmpty() ? refusal : new InvalidInput(faults);
    }

    /** A range starts where the previous range ends, and that end has the same fault. */
    private Stream<Fault> named(Fault fault) {
        var field = field(fault.field());
        if (field.endsWith(".from_value")) {
            return Stream.empty();
        }
        if (field.equals("fee")) {
            return Stream.of(new Fault(field, ConsoleReason.FEE.with()));
        }
        return Stream.of(
                fault.field().endsWith("].values")
                        ? new Fault(field, ConsoleReason.TIME_OR_PLACE.with())
                        : new Fault(field, fault.wording()));
    }

    private String field(String path) {
        var charge = CHARGE.matcher(path);
        if (charge.matches()) {
            int place = Integer.parseInt(charge.group(1)) - (hasEnergy ? 1 : 0);
            return place < 0 ? energy(charge.group(2), path) : fee(place, charge.group(2));
        }
        return switch (path) {
            case "amount_cents" -> "fee";
            case "amount_currency" -> "currency";
            case "vat_rate" -> "vatRate";
            default -> path;
        };
    }

    private static String fee(int place, String property) {
        return "fees[" + place + "]."
                + filter(property).orElseGet(() -> switch (property) {
                    case "billable_metric_code" -> "metric";
                    case "properties.grace_minutes" -> "grace";
                    case "properties.cap_minutes" -> "cap";
                    case "properties.amount" -> "price";
                    default -> property;
                });
    }

    /** Field of a filter's row within its charge; empty for a fault of the charge. */
    private static Optional<String> filter(String property) {
        var filter = FILTER.matcher(property);
        return filter.matches()
                ? Optional.of("filters[" + filter.group(1) + "]." + (filter.group(2) == null ? "price" : "values"))
                : Optional.empty();
    }

    private static String energy(String property, String path) {
        var tier = TIER.matcher(property);
        if (tier.matches()) {
            var field = switch (tier.group(2)) {
                case "to_value" -> "upTo";
                case "per_unit_amount" -> "unitPrice";
                case "flat_amount" -> "flat";
                default -> tier.group(2);
            };
            return "tiers[" + tier.group(1) + "]." + field;
        }
        return filter(property).orElseGet(() -> switch (property) {
            case "charge_model" -> "model";
            case "properties.amount" -> "amount";
            case "properties.package_size" -> "packageSize";
            case "properties.free_units" -> "freeUnits";
            case "properties.price_series" -> "priceSeries";
            case "properties.factor" -> "factor";
            case "properties.markup" -> "markup";
            case "properties.floor" -> "floor";
            case "properties.ceiling" -> "ceiling";
            case "properties.included_kwh", "properties.included_roll_over" -> "includedKwh";
            default -> path;
        });
    }
}
