package express.polaris.console.plans;

import express.polaris.console.TypedText;
import express.polaris.console.plans.PlanForm.FilterRow;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Price of energy in the form of a plan, as typed. What belongs to another model than the chosen one is kept while the
 * operator chooses, and not saved.
 *
 * @param model {@code none} or Lago's name of a charge model
 * @param tiers tiers of a graduated or volume charge; the last one has no upper bound
 * @param filters prices at some hours or places, of a graduated, standard or volume charge
 */
public record EnergyForm(
        String model, Prices prices, Included included, List<TierRow> tiers, Market market, List<FilterRow> filters) {

    static final EnergyForm EMPTY = new EnergyForm(
            "none",
            Prices.EMPTY,
            Included.NOTHING,
            List.of(new TierRow("100", "", "0"), TierRow.EMPTY),
            Market.EMPTY,
            List.of());

    private static final Set<String> MODELS_BY_USAGE = Set.of("standard", "graduated", "volume");

    /** Prices of the charge models without tiers. */
    public record Prices(String amount, String packageAmount, String packageSize, String freeUnits) {

        static final Prices EMPTY = new Prices("", "", "", "0");
    }

    /**
     * Energy of each billing period that costs nothing.
     *
     * @param kilowattHours empty for none
     * @param rollsOver whether what is left is added to that of the next period
     */
    public record Included(String kilowattHours, boolean rollsOver) {

        static final Included NOTHING = new Included("", false);
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

    public EnergyForm {
        tiers = List.copyOf(tiers);
        filters = List.copyOf(filters);
    }

    static EnergyForm of(Map<String, List<String>> form) {
        return new EnergyForm(
                TypedText.first(form, "model"),
                new Prices(
                        TypedText.first(form, "amount"),
                        TypedText.first(form, "packageAmount"),
                        TypedText.first(form, "packageSize"),
                        TypedText.first(form, "freeUnits")),
                new Included(
                        TypedText.first(form, "includedKwh"),
                        TypedText.first(form, "includedRollOver").equals("true")),
                PlanForm.rows(
                        form,
                        "unitPrice",
                        row -> new TierRow(row.apply("upTo"), row.apply("unitPrice"), row.apply("flat"))),
                new Market(
                        TypedText.first(form, "priceSeries"),
                        TypedText.first(form, "factor"),
                        TypedText.first(form, "markup"),
                        TypedText.first(form, "floor"),
                        TypedText.first(form, "ceiling")),
                FilterRow.list(form, "filter"));
    }

    /** Whether the model can have filters and included energy. */
    boolean isByUsage() {
        return MODELS_BY_USAGE.contains(model);
    }

    /** The filters that are saved. */
    List<FilterRow> usedFilters() {
        return isByUsage() ? filters : List.of();
    }

    EnergyForm with(String otherModel, Prices otherPrices) {
        return new EnergyForm(otherModel, otherPrices, included, tiers, market, filters);
    }

    EnergyForm with(Included otherIncluded) {
        return new EnergyForm(model, prices, otherIncluded, tiers, market, filters);
    }

    EnergyForm withTiers(String otherModel, List<TierRow> otherTiers) {
        return new EnergyForm(otherModel, prices, included, otherTiers, market, filters);
    }

    EnergyForm with(Market otherMarket) {
        return new EnergyForm("dynamic", prices, included, tiers, otherMarket, filters);
    }

    EnergyForm withFilters(List<FilterRow> otherFilters) {
        return new EnergyForm(model, prices, included, tiers, market, otherFilters);
    }
}
