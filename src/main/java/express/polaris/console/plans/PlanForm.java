package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.pricing.GraduatedModel;
import express.polaris.billing.pricing.PackageModel;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.pricing.Tier;
import express.polaris.billing.pricing.VolumeModel;
import express.polaris.console.ConsoleReason;
import express.polaris.console.TypedText;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.Refusal;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plan form, as typed. It is converted to Lago's plan JSON; only the JSON is validated.
 *
 * @param fee in the currency's main unit
 * @param model {@code none} or Lago's name of a charge model
 * @param tiers tiers of a graduated or volume charge; the last one has no upper bound
 */
public record PlanForm(
        String code,
        String name,
        String interval,
        String currency,
        String fee,
        String vatRate,
        boolean inAdvance,
        String model,
        Prices prices,
        List<TierRow> tiers) {

    public static final List<String> INTERVALS = List.of("weekly", "monthly", "quarterly", "semiannual", "yearly");
    public static final List<String> MODELS = List.of("standard", "graduated", "volume", "package", "none");

    private static final int MOST_ROWS = 101;
    private static final Pattern TIER_FAULT =
            Pattern.compile("charges\\[0]\\.properties\\.(?:graduated|volume)_ranges\\[(\\d+)]\\.(\\w+)");

    /** Prices of the charge models without tiers. */
    public record Prices(String amount, String packageAmount, String packageSize, String freeUnits) {}

    /** @param upTo empty in the last row */
    public record TierRow(String upTo, String unitPrice, String flat) {

        static final TierRow EMPTY = new TierRow("", "", "0");
    }

    public PlanForm {
        tiers = List.copyOf(tiers);
    }

    static PlanForm empty(Currency currency) {
        return new PlanForm(
                "",
                "",
                "monthly",
                currency.getCurrencyCode(),
                "0",
                "19",
                false,
                "graduated",
                new Prices("", "", "", "0"),
                List.of(new TierRow("100", "", "0"), TierRow.EMPTY));
    }

    static PlanForm of(Map<String, List<String>> form) {
        int rows = Math.min(MOST_ROWS, TypedText.all(form, "unitPrice").size());
        return new PlanForm(
                TypedText.first(form, "code"),
                TypedText.first(form, "name"),
                TypedText.first(form, "interval"),
                TypedText.first(form, "currency"),
                TypedText.first(form, "fee"),
                TypedText.first(form, "vatRate"),
                TypedText.first(form, "inAdvance").equals("true"),
                TypedText.first(form, "model"),
                new Prices(
                        TypedText.first(form, "amount"),
                        TypedText.first(form, "packageAmount"),
                        TypedText.first(form, "packageSize"),
                        TypedText.first(form, "freeUnits")),
                IntStream.range(0, rows)
                        .mapToObj(place -> new TierRow(
                                TypedText.at(form, "upTo", place),
                                TypedText.at(form, "unitPrice", place),
                                TypedText.at(form, "flat", place)))
                        .toList());
    }

    /** Whether the form cannot express the plan's charges. */
    public static boolean isTooSmallFor(Plan plan) {
        return of(plan).isEmpty();
    }

    /** Converts a plan; empty if the form cannot express its charges. */
    static Optional<PlanForm> of(Plan plan) {
        if (!plan.isSupported()
                || plan.charges().size() > 1
                || plan.models().size() != plan.charges().size()) {
            return Optional.empty();
        }
        var none = empty(plan.currency());
        var form = new PlanForm(
                plan.code(),
                plan.name(),
                plan.interval().name().toLowerCase(Locale.ROOT),
                plan.currency().getCurrencyCode(),
                plan.fee().rounded().amount().toPlainString(),
                plain(plan.vatRate()),
                plan.payInAdvance(),
                "none",
                none.prices(),
                none.tiers());
        return Optional.of(plan.models().stream()
                .findFirst()
                .map(model -> switch (model) {
                    case StandardModel(var price) ->
                        form.with("standard", new Prices(plain(price), "", "", "0"), none.tiers());
                    case PackageModel(var price, var size, var free) ->
                        form.with("package", new Prices("", plain(price), plain(size), plain(free)), none.tiers());
                    case GraduatedModel(var tiers) -> form.with("graduated", none.prices(), rows(tiers));
                    case VolumeModel(var tiers) -> form.with("volume", none.prices(), rows(tiers));
                })
                .orElse(form));
    }

    private PlanForm with(String otherModel, Prices otherPrices, List<TierRow> otherTiers) {
        return new PlanForm(
                code, name, interval, currency, fee, vatRate, inAdvance, otherModel, otherPrices, otherTiers);
    }

    /** Adds a tier before the last one, which stays open-ended. */
    PlanForm withRow() {
        var rows = new ArrayList<>(tiers);
        rows.add(Math.max(0, rows.size() - 1), TierRow.EMPTY);
        return with(model, prices, rows);
    }

    /** Removes the row at this index unless it is the only one. */
    PlanForm withoutRow(String place) {
        var rows = IntStream.range(0, tiers.size())
                .filter(row -> !place.equals(Integer.toString(row)))
                .mapToObj(tiers::get)
                .toList();
        return rows.isEmpty() ? this : with(model, prices, rows);
    }

    /**
     * Converts to Lago's plan JSON. Unreadable input is passed on as typed, so that the plan validation rejects it.
     *
     * @param saved the saved charge; its fields that the form does not show are kept. Empty for none
     * @param otherFields fields of the saved plan that the form does not show; they are kept
     */
    Map<String, @Nullable Object> json(
            Map<String, ? extends @Nullable Object> saved, Map<String, ? extends @Nullable Object> otherFields) {
        var json = new LinkedHashMap<String, @Nullable Object>(otherFields);
        json.put("code", code);
        json.put("name", name);
        json.put("interval", interval);
        json.put("amount_cents", cents());
        json.put("amount_currency", currency.strip());
        json.put("pay_in_advance", inAdvance);
        json.put("vat_rate", TypedText.number(vatRate));
        json.put("charges", model.equals("none") ? List.of() : List.of(charge(saved)));
        return json;
    }

    private Map<String, @Nullable Object> charge(Map<String, ? extends @Nullable Object> saved) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        if (model.equals(saved.get("charge_model")) && saved.get("properties") instanceof Map<?, ?> known) {
            known.forEach((key, value) -> properties.put(String.valueOf(key), value));
        }
        switch (model) {
            case "graduated", "volume" -> properties.put(model + "_ranges", ranges());
            case "package" -> {
                properties.put("amount", given(prices.packageAmount()));
                properties.put("package_size", given(prices.packageSize()));
                properties.put("free_units", given(prices.freeUnits()));
            }
            default -> properties.put("amount", given(prices.amount()));
        }
        var charge = new LinkedHashMap<String, @Nullable Object>(saved);
        charge.put("billable_metric_code", "energy_kwh");
        charge.put("charge_model", model);
        charge.put("properties", properties);
        return charge;
    }

    private List<Map<String, @Nullable Object>> ranges() {
        var ranges = new ArrayList<Map<String, @Nullable Object>>();
        for (int place = 0; place < tiers.size(); place++) {
            var row = tiers.get(place);
            var range = new LinkedHashMap<String, @Nullable Object>();
            range.put(
                    "from_value", place == 0 ? "0" : given(tiers.get(place - 1).upTo()));
            range.put("to_value", given(row.upTo()));
            range.put("per_unit_amount", given(row.unitPrice()));
            range.put("flat_amount", row.flat().isBlank() ? "0" : TypedText.number(row.flat()));
            ranges.add(range);
        }
        return ranges;
    }

    /** Returns null for blank input. */
    private static @Nullable String given(String text) {
        return text.isBlank() ? null : TypedText.number(text);
    }

    /** Fee in the currency's smallest unit; unreadable input as typed. */
    private String cents() {
        int digits = Currency.getAvailableCurrencies().stream()
                .filter(known -> known.getCurrencyCode().equals(currency.strip()))
                .mapToInt(Currency::getDefaultFractionDigits)
                .findFirst()
                .orElse(2);
        return TypedText.decimal(fee)
                .map(amount -> plain(amount.movePointRight(Math.max(0, digits))))
                .orElse(fee);
    }

    /** The same refusal, with the form's field names in place of the JSON's. */
    static Refusal named(Refusal refusal) {
        if (!(refusal instanceof InvalidInput invalid)) {
            return refusal;
        }
        var faults = invalid.faults().stream().flatMap(PlanForm::named).toList();
        return faults.isEmpty() ? refusal : new InvalidInput(faults);
    }

    /** A range starts where the previous range ends, and that end has the same fault. */
    private static Stream<Fault> named(Fault fault) {
        var field = field(fault.field());
        if (field.endsWith(".from_value")) {
            return Stream.empty();
        }
        return Stream.of(new Fault(field, field.equals("fee") ? ConsoleReason.FEE.with() : fault.wording()));
    }

    private static String field(String path) {
        var tier = TIER_FAULT.matcher(path);
        if (tier.matches()) {
            var field = switch (tier.group(2)) {
                case "to_value" -> "upTo";
                case "per_unit_amount" -> "unitPrice";
                case "flat_amount" -> "flat";
                default -> tier.group(2);
            };
            return "tiers[" + tier.group(1) + "]." + field;
        }
        return switch (path) {
            case "amount_cents" -> "fee";
            case "amount_currency" -> "currency";
            case "vat_rate" -> "vatRate";
            case "charges[0].charge_model" -> "model";
            case "charges[0].properties.amount" -> "amount";
            case "charges[0].properties.package_size" -> "packageSize";
            case "charges[0].properties.free_units" -> "freeUnits";
            default -> path;
        };
    }

    private static List<TierRow> rows(List<Tier> tiers) {
        return tiers.stream()
                .map(tier -> new TierRow(
                        tier.upTo().map(PlanForm::plain).orElse(""), plain(tier.unitPrice()), plain(tier.flat())))
                .toList();
    }

    private static String plain(Energy energy) {
        return plain(energy.kilowattHours());
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
