package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.console.TypedText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plan form, as typed. It is converted to Lago's plan JSON; only the JSON is validated.
 *
 * @param fee in the currency's main unit
 * @param model {@code none} or Lago's name of a charge model
 * @param tiers tiers of a graduated or volume charge; the last one has no upper bound
 * @param filters prices at some hours or places, of a standard charge
 * @param fees prices of sessions and minutes
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
        List<TierRow> tiers,
        Market market,
        List<FilterRow> filters,
        List<FeeRow> fees) {

    public static final List<String> INTERVALS = List.of("weekly", "monthly", "quarterly", "semiannual", "yearly");
    public static final List<String> MODELS = List.of("standard", "dynamic", "graduated", "volume", "package", "none");
    public static final List<String> METRICS =
            List.of("session", "connected_minutes", "charging_minutes", "idle_minutes");

    private static final int MOST_ROWS = 101;

    /** Prices of the charge models without tiers. */
    public record Prices(String amount, String packageAmount, String packageSize, String freeUnits) {

        static final Prices EMPTY = new Prices("", "", "", "0");
    }

    /** @param upTo empty in the last row */
    public record TierRow(String upTo, String unitPrice, String flat) {

        static final TierRow EMPTY = new TierRow("", "", "0");
    }

    /**
     * Market price of a dynamic charge.
     *
     * @param series code of the price series
     * @param factor by which its prices are multiplied
     * @param markup per kWh, added after that
     * @param floor lowest price per kWh; empty for none
     * @param ceiling highest price per kWh; empty for none
     */
    public record Market(String series, String factor, String markup, String floor, String ceiling) {

        static final Market EMPTY = new Market("", "1", "", "", "");
    }

    /**
     * Price of energy in a time band, at a charger group, or both.
     *
     * @param band code; empty for any time
     * @param group code; empty for any place
     */
    public record FilterRow(String band, String group, String price) {

        static final FilterRow EMPTY = new FilterRow("", "", "");
    }

    /**
     * Price of sessions or minutes.
     *
     * @param grace minutes of each session that cost nothing; empty for none
     * @param cap most minutes of each session that cost something; empty for no limit
     */
    public record FeeRow(String metric, String price, String grace, String cap) {

        static final FeeRow EMPTY = new FeeRow("session", "", "", "");
    }

    public PlanForm {
        tiers = List.copyOf(tiers);
        filters = List.copyOf(filters);
        fees = List.copyOf(fees);
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
                Prices.EMPTY,
                List.of(new TierRow("100", "", "0"), TierRow.EMPTY),
                Market.EMPTY,
                List.of(),
                List.of());
    }

    static PlanForm of(Map<String, List<String>> form) {
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
                rows(
                        form,
                        "unitPrice",
                        place -> new TierRow(
                                TypedText.at(form, "upTo", place),
                                TypedText.at(form, "unitPrice", place),
                                TypedText.at(form, "flat", place))),
                new Market(
                        TypedText.first(form, "priceSeries"),
                        TypedText.first(form, "factor"),
                        TypedText.first(form, "markup"),
                        TypedText.first(form, "floor"),
                        TypedText.first(form, "ceiling")),
                rows(
                        form,
                        "filterPrice",
                        place -> new FilterRow(
                                TypedText.at(form, "filterBand", place),
                                TypedText.at(form, "filterGroup", place),
                                TypedText.at(form, "filterPrice", place))),
                rows(
                        form,
                        "feePrice",
                        place -> new FeeRow(
                                TypedText.at(form, "feeMetric", place),
                                TypedText.at(form, "feePrice", place),
                                TypedText.at(form, "feeGrace", place),
                                TypedText.at(form, "feeCap", place))));
    }

    private static <T> List<T> rows(Map<String, List<String>> form, String field, IntFunction<T> row) {
        return IntStream.range(0, Math.min(MOST_ROWS, TypedText.all(form, field).size()))
                .mapToObj(row)
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
                none.tiers(),
                none.market(),
                List.of(),
                List.of());
        return PlanFormReader.read(form, charges);
    }

    PlanForm with(String otherModel, Prices otherPrices, List<TierRow> otherTiers) {
        return new PlanForm(
                code,
                name,
                interval,
                currency,
                fee,
                vatRate,
                inAdvance,
                otherModel,
                otherPrices,
                otherTiers,
                market,
                filters,
                fees);
    }

    PlanForm with(Market otherMarket) {
        return new PlanForm(
                code,
                name,
                interval,
                currency,
                fee,
                vatRate,
                inAdvance,
                "dynamic",
                prices,
                tiers,
                otherMarket,
                filters,
                fees);
    }

    PlanForm with(List<FilterRow> otherFilters, List<FeeRow> otherFees) {
        return new PlanForm(
                code,
                name,
                interval,
                currency,
                fee,
                vatRate,
                inAdvance,
                model,
                prices,
                tiers,
                market,
                otherFilters,
                otherFees);
    }

    /**
     * Adds an empty row; a tier goes before the last one, which stays open-ended.
     *
     * @param what {@code filter}, {@code fee}, or else a tier
     */
    PlanForm withRow(String what) {
        return switch (what) {
            case "filter" -> with(added(filters, filters.size(), FilterRow.EMPTY), fees);
            case "fee" -> with(filters, added(fees, fees.size(), FeeRow.EMPTY));
            default -> with(model, prices, added(tiers, Math.max(0, tiers.size() - 1), TierRow.EMPTY));
        };
    }

    private static <T> List<T> added(List<T> rows, int place, T row) {
        var more = new ArrayList<>(rows);
        more.add(place, row);
        return more;
    }

    /**
     * Removes a row; the only tier stays.
     *
     * @param place index of a tier, or {@code filter-} or {@code fee-} with the index of such a row
     */
    PlanForm withoutRow(String place) {
        if (place.startsWith("filter-")) {
            return with(removed(filters, place.substring("filter-".length())), fees);
        }
        if (place.startsWith("fee-")) {
            return with(filters, removed(fees, place.substring("fee-".length())));
        }
        var rows = removed(tiers, place);
        return rows.isEmpty() ? this : with(model, prices, rows);
    }

    private static <T> List<T> removed(List<T> rows, String place) {
        return IntStream.range(0, rows.size())
                .filter(row -> !place.equals(Integer.toString(row)))
                .mapToObj(rows::get)
                .toList();
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
        json.put("code", code);
        json.put("name", name);
        json.put("interval", interval);
        json.put("amount_cents", cents());
        json.put("amount_currency", currency.strip());
        json.put("pay_in_advance", inAdvance);
        json.put("vat_rate", TypedText.number(vatRate));
        json.put("charges", new PlanFormWriter(this, saved).charges());
        return json;
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

    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
