package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.console.ConsoleReason;
import express.polaris.console.TypedText;
import express.polaris.platform.refusals.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plan form, as typed. It is converted to Lago's plan JSON; only the JSON is validated.
 *
 * @param fees prices of sessions and minutes
 */
public record PlanForm(Basics basics, EnergyForm energy, List<FeeRow> fees) {

    public static final List<String> INTERVALS = List.of("weekly", "monthly", "quarterly", "semiannual", "yearly");
    public static final List<String> MODELS = List.of("standard", "dynamic", "graduated", "volume", "package", "none");
    public static final List<String> METRICS =
            List.of("session", "connected_minutes", "charging_minutes", "idle_minutes");

    private static final int MOST_ROWS = 101;

    /** @param fee in the currency's main unit */
    public record Basics(
            String code,
            String name,
            String interval,
            String currency,
            String fee,
            String vatRate,
            boolean inAdvance) {}

    /**
     * Price in a time band, at a charger group, or both.
     *
     * @param band code; empty for any time
     * @param group code; empty for any place
     * @param price of each kWh, session or minute
     */
    public record FilterRow(String band, String group, String price) {

        static final FilterRow EMPTY = new FilterRow("", "", "");

        /** Reads the rows whose fields begin with this. */
        static List<FilterRow> list(Map<String, List<String>> form, String prefix) {
            return rows(
                    form,
                    prefix + "Price",
                    row -> new FilterRow(
                            row.apply(prefix + "Band"), row.apply(prefix + "Group"), row.apply(prefix + "Price")));
        }
    }

    /**
     * Price of sessions or minutes.
     *
     * @param grace minutes of each session that cost nothing; empty for none; sessions have none
     * @param cap most minutes of each session that cost something; empty for no limit; sessions have none
     * @param filters prices at some hours or places
     */
    public record FeeRow(String metric, String price, String grace, String cap, List<FilterRow> filters) {

        static final FeeRow EMPTY = new FeeRow("session", "", "", "", List.of());

        public FeeRow {
            filters = List.copyOf(filters);
        }

        /** Fields of the filters of the fee at this place begin with this. */
        public static String filterPrefix(int place) {
            return "fee" + place + "Filter";
        }

        boolean isForMinutes() {
            return !metric.equals("session");
        }

        FeeRow with(List<FilterRow> otherFilters) {
            return new FeeRow(metric, price, grace, cap, otherFilters);
        }
    }

    public PlanForm {
        fees = List.copyOf(fees);
    }

    static PlanForm empty(Currency currency) {
        return new PlanForm(
                new Basics("", "", "monthly", currency.getCurrencyCode(), "0", "19", false),
                EnergyForm.EMPTY.withTiers("graduated", EnergyForm.EMPTY.tiers()),
                List.of());
    }

    static PlanForm of(Map<String, List<String>> form) {
        var fees = rows(
                form,
                "feePrice",
                row -> new FeeRow(
                        row.apply("feeMetric"),
                        row.apply("feePrice"),
                        row.apply("feeGrace"),
                        row.apply("feeCap"),
                        List.of()));
        return new PlanForm(
                new Basics(
                        TypedText.first(form, "code"),
                        TypedText.first(form, "name"),
                        TypedText.first(form, "interval"),
                        TypedText.first(form, "currency"),
                        TypedText.first(form, "fee"),
                        TypedText.first(form, "vatRate"),
                        TypedText.first(form, "inAdvance").equals("true")),
                EnergyForm.of(form),
                IntStream.range(0, fees.size())
                        .mapToObj(place -> fees.get(place).with(FilterRow.list(form, FeeRow.filterPrefix(place))))
                        .toList());
    }

    /**
     * Reads repeated fields.
     *
     * @param field field that every row has
     * @param row makes a row of a function from field names to the row's values
     */
    static <T> List<T> rows(Map<String, List<String>> form, String field, Function<UnaryOperator<String>, T> row) {
        return IntStream.range(0, Math.min(MOST_ROWS, TypedText.all(form, field).size()))
                .mapToObj(place -> row.apply(name -> TypedText.at(form, name, place)))
                .toList();
    }

    /**
     * Converts a plan; empty if the form cannot express its charges.
     *
     * @param charges the plan's charges, as saved
     */
    static Optional<PlanForm> of(Plan plan, List<? extends Map<String, ? extends @Nullable Object>> charges) {
        if (!plan.isSupported()) {
            return Optional.empty();
        }
        var basics = new Basics(
                plan.code(),
                plan.name(),
                plan.interval().name().toLowerCase(Locale.ROOT),
                plan.currency().getCurrencyCode(),
                plan.fee().rounded().amount().toPlainString(),
                plain(plan.vatRate()),
                plan.payInAdvance());
        return PlanFormReader.read(basics, charges);
    }

    private PlanForm with(EnergyForm otherEnergy) {
        return new PlanForm(basics, otherEnergy, fees);
    }

    private PlanForm with(List<FeeRow> otherFees) {
        return new PlanForm(basics, energy, otherFees);
    }

    /**
     * Adds an empty row; a tier goes before the last one, which stays open-ended.
     *
     * @param what {@code filter}, {@code fee}, {@code fee-} with the index of a fee for a filter of it, or else a tier
     */
    PlanForm withRow(String what) {
        if (what.startsWith("fee-")) {
            return withFee(what.substring("fee-".length()), fee -> fee.with(added(fee.filters(), FilterRow.EMPTY)));
        }
        return switch (what) {
            case "filter" -> with(energy.withFilters(added(energy.filters(), FilterRow.EMPTY)));
            case "fee" -> with(added(fees, FeeRow.EMPTY));
            default -> {
                var tiers = new ArrayList<>(energy.tiers());
                tiers.add(Math.max(0, tiers.size() - 1), EnergyForm.TierRow.EMPTY);
                yield with(energy.withTiers(energy.model(), tiers));
            }
        };
    }

    private static <T> List<T> added(List<T> rows, T row) {
        var more = new ArrayList<>(rows);
        more.add(row);
        return more;
    }

    /**
     * Removes a row; the only tier stays.
     *
     * @param place index of a tier; {@code filter-} or {@code fee-} with the index of such a row; or {@code fee-} with
     *     the index of a fee, {@code -} and that of a filter of it
     */
    PlanForm withoutRow(String place) {
        var parts = place.split("-", -1);
        if (place.startsWith("filter-")) {
            return with(energy.withFilters(removed(energy.filters(), parts[1])));
        }
        if (place.startsWith("fee-")) {
            return parts.length == 2
                    ? with(removed(fees, parts[1]))
                    : withFee(parts[1], fee -> fee.with(removed(fee.filters(), parts[2])));
        }
        var rows = removed(energy.tiers(), place);
        return rows.isEmpty() ? this : with(energy.withTiers(energy.model(), rows));
    }

    private static <T> List<T> removed(List<T> rows, String place) {
        return IntStream.range(0, rows.size())
                .filter(row -> !place.equals(Integer.toString(row)))
                .mapToObj(rows::get)
                .toList();
    }

    private PlanForm withFee(String place, UnaryOperator<FeeRow> change) {
        return with(IntStream.range(0, fees.size())
                .mapToObj(row -> place.equals(Integer.toString(row)) ? change.apply(fees.get(row)) : fees.get(row))
                .toList());
    }

    /** Faults that the JSON of this form would not have: what is typed is understood, but has no price together. */
    List<Fault> conflicts() {
        return !energy.usedFilters().isEmpty()
                        && !energy.included().kilowattHours().isBlank()
                ? List.of(new Fault("includedKwh", ConsoleReason.INCLUDED.with()))
                : List.of();
    }

    /**
     * Converts to Lago's plan JSON. Unreadable input is passed on as typed, so that the plan validation rejects it.
     *
     * @param saved the saved charges; their fields that the form does not show are kept
     * @param otherFields fields of the saved plan that the form does not show; they are kept
     */
    Map<String, @Nullable Object> json(
            List<? extends Map<String, ? extends @Nullable Object>> saved,
            Map<String, ? extends @Nullable Object> otherFields) {
        var json = new LinkedHashMap<String, @Nullable Object>(otherFields);
        json.put("code", basics.code());
        json.put("name", basics.name());
        json.put("interval", basics.interval());
        json.put("amount_cents", cents());
        json.put("amount_currency", basics.currency().strip());
        json.put("pay_in_advance", basics.inAdvance());
        json.put("vat_rate", TypedText.number(basics.vatRate()));
        json.put("charges", new PlanFormWriter(this, saved).charges());
        return json;
    }

    /** Fee in the currency's smallest unit; unreadable input as typed. */
    private String cents() {
        int digits = Currency.getAvailableCurrencies().stream()
                .filter(known ->
                        known.getCurrencyCode().equals(basics.currency().strip()))
                .mapToInt(Currency::getDefaultFractionDigits)
                .findFirst()
                .orElse(2);
        return TypedText.decimal(basics.fee())
                .map(amount -> plain(amount.movePointRight(Math.max(0, digits))))
                .orElse(basics.fee());
    }

    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
