package express.polaris.billing.plans;

import express.polaris.billing.pricing.ChargePrice;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.Wording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Checks that the time bands, charger groups and price series that a plan names exist, and have its currency. */
final class NamedTariffs {

    private static final int MOST_NAMED = 10;

    private final TariffService tariffs;

    NamedTariffs(TariffService tariffs) {
        this.tariffs = tariffs;
    }

    /**
     * Returns a fault for each code that does not fit.
     *
     * @param charges by path
     * @param currency of the plan; empty when it is at fault
     */
    List<Fault> faults(Map<String, PlanCharge> charges, Optional<Currency> currency) {
        var faults = new ArrayList<Fault>();
        charges.forEach((path, charge) -> {
            price(path, charge.price(), currency).ifPresent(faults::add);
            for (int place = 0; place < charge.filters().size(); place++) {
                var filter = charge.filters().get(place);
                var at = path + ".filters[" + place + "]";
                bands(filter.timeBands()).ifPresent(why -> faults.add(new Fault(at + ".values.time_band", why)));
                groups(filter.chargerGroups())
                        .ifPresent(why -> faults.add(new Fault(at + ".values.charger_group", why)));
                price(at, filter.price(), currency).ifPresent(faults::add);
            }
        });
        return faults;
    }

    private Optional<Wording> bands(Collection<String> codes) {
        return unknown(codes, code -> !tariffs.hasBand(code)).map(code -> {
            var known = tariffs.timeBands().stream().map(band -> band.code()).toList();
            return known.isEmpty()
                    ? BillingReason.NO_BAND.with(code)
                    : BillingReason.NOT_A_BAND.with(code, listed(known));
        });
    }

    private Optional<Wording> groups(Collection<String> codes) {
        return unknown(codes, code -> !tariffs.hasGroup(code)).map(code -> {
            var known =
                    tariffs.chargerGroups().stream().map(group -> group.code()).toList();
            return known.isEmpty()
                    ? BillingReason.NO_GROUP.with(code)
                    : BillingReason.NOT_A_GROUP.with(code, listed(known));
        });
    }

    private Optional<Fault> price(String path, ChargePrice price, Optional<Currency> currency) {
        return price instanceof ChargePrice.Market market
                ? series(market.series(), currency).map(why -> new Fault(path + ".properties.price_series", why))
                : Optional.empty();
    }

    private Optional<Wording> series(String code, Optional<Currency> currency) {
        var own = tariffs.currencyOf(code);
        if (own.isEmpty()) {
            var known = tariffs.seriesCodes();
            return Optional.of(
                    known.isEmpty()
                            ? BillingReason.NO_SERIES.with(code)
                            : BillingReason.NOT_A_SERIES.with(code, listed(known)));
        }
        return currency.filter(wanted -> !wanted.equals(own.get()))
                .map(wanted -> BillingReason.SERIES_CURRENCY.with(
                        code, own.get().getCurrencyCode(), wanted.getCurrencyCode()));
    }

    /** Several unknown codes of one list are named together. */
    private static Optional<String> unknown(Collection<String> codes, Predicate<String> isUnknown) {
        var unknown = codes.stream().filter(isUnknown).sorted().toList();
        return unknown.isEmpty() ? Optional.empty() : Optional.of(String.join("\", \"", unknown));
    }

    private static String listed(List<String> codes) {
        var some = String.join(", ", codes.subList(0, Math.min(MOST_NAMED, codes.size())));
        return codes.size() > MOST_NAMED ? some + ", …" : some;
    }
}
