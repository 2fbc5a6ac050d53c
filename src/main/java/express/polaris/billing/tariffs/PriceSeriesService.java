package express.polaris.billing.tariffs;

import express.polaris.billing.pricing.PriceSeries;
import express.polaris.billing.pricing.PriceSeries.Price;
import express.polaris.billing.tariffs.StoredSeries.Unit;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.settings.Settings;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Series of market prices. The caller has authorized the request and writes the audit log. */
@Service
public class PriceSeriesService {

    private final PriceSeriesRepository repository;
    private final TariffVersions versions;
    private final Settings settings;
    private final Clock clock;

    PriceSeriesService(PriceSeriesRepository repository, TariffVersions versions, Settings settings, Clock clock) {
        this.repository = repository;
        this.versions = versions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What an upload changed.
     *
     * @param added prices that were not known, or differ from those known
     * @param replaced known prices that no longer hold, or not for all of their span
     * @param unchanged prices that were known already
     */
    public record Stored(StoredSeries series, int added, int replaced, int unchanged) {}

    /** Lists all series, by code. */
    public List<StoredSeries> list() {
        return repository.list();
    }

    public Optional<StoredSeries> find(String code) {
        return repository.find(code);
    }

    /** Lists the prices that hold and overlap a span of time, by start. */
    public List<Price> prices(String code, Instant from, Instant to) {
        return repository.prices(code, from, to, Optional.empty());
    }

    /**
     * Stores prices. They replace known ones where both overlap; what was known before and after them still holds.
     *
     * @throws InvalidInput with all faults; then nothing is stored
     */
    @Transactional
    public Stored store(String code, PriceUpload upload) {
        var faults = new FaultCollector();
        TariffCode.check(code, faults);
        var known = repository.find(code);
        var name = TariffCode.name(
                upload.name().or(() -> known.map(StoredSeries::name)).or(() -> Optional.of(code)), faults);
        var currency = currency(upload, known, faults);
        var unit = unit(upload, known, faults);
        var zone = upload.zoneOr(settings.timeZone());
        faults.require(zone.isPresent(), "zone", TariffReason.ZONE.with());
        var prices = PriceReader.read(upload.prices(), zone.orElse(ZoneId.of("UTC")), unit, faults);
        faults.throwIfAny();
        repository.create(code, name, currency, unit, clock.instant());
        repository.lock(code);
        var series = repository.find(code).orElseThrow();
        repository.update(series.id(), name, currency, unit);
        var change = Change.of(
                repository.prices(
                        code, prices.getFirst().from(), prices.getLast().to(), Optional.empty()),
                prices);
        if (!change.added().isEmpty()) {
            var now = versions.changed(Set.of(code));
            repository.replace(series.id(), change.replaced(), now);
            repository.add(
                    series.id(),
                    Stream.concat(change.added().stream(), change.kept().stream())
                            .toList(),
                    now);
        }
        return new Stored(
                repository.find(code).orElseThrow(),
                change.added().size(),
                change.replaced().size(),
                prices.size() - change.added().size());
    }

    /**
     * How known prices change.
     *
     * @param kept what remains of replaced prices before and after the added ones
     */
    record Change(List<Price> added, List<Price> replaced, List<Price> kept) {

        /**
         * @param known by start, without overlaps
         * @param given by start, without overlaps
         */
        static Change of(List<Price> known, List<Price> given) {
            var same = new HashSet<>(known.stream().map(Same::of).toList());
            same.retainAll(given.stream().map(Same::of).toList());
            var added = given.stream()
                    .filter(price -> !same.contains(Same.of(price)))
                    .toList();
            var all = new PriceSeries(added);
            var replaced = new ArrayList<Price>();
            var kept = new ArrayList<Price>();
            for (var price : known) {
                if (!same.contains(Same.of(price)) && overlaps(all, price)) {
                    replaced.add(price);
                    kept.addAll(remains(all, price));
                }
            }
            return new Change(added, replaced, kept);
        }

        private static boolean overlaps(PriceSeries added, Price price) {
            return added.at(price.from()).isPresent()
                    || !added.changes(price.from(), price.to()).isEmpty();
        }

        private static List<Price> remains(PriceSeries added, Price price) {
            var bounds = new ArrayList<Instant>();
            bounds.add(price.from());
            bounds.addAll(added.changes(price.from(), price.to()));
            bounds.add(price.to());
            var remains = new ArrayList<Price>();
            for (int place = 1; place < bounds.size(); place++) {
                if (added.at(bounds.get(place - 1)).isEmpty()) {
                    remains.add(new Price(bounds.get(place - 1), bounds.get(place), price.perKwh()));
                }
            }
            return remains;
        }

        /** A price without its number of zeros. */
        private record Same(Instant from, Instant to, BigDecimal perKwh) {
            static Same of(Price price) {
                return new Same(price.from(), price.to(), price.perKwh().stripTrailingZeros());
            }
        }
    }

    private Currency currency(PriceUpload upload, Optional<StoredSeries> known, FaultCollector faults) {
        var usual = known.map(StoredSeries::currency).orElse(settings.currency());
        if (upload.currency().isEmpty()) {
            return usual;
        }
        var code = upload.currency().get().strip().toUpperCase(Locale.ROOT);
        var given = Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getCurrencyCode().equals(code) && currency.getDefaultFractionDigits() >= 0)
                .findFirst();
        faults.require(given.isPresent(), "currency", TariffReason.CURRENCY.with());
        known.filter(series -> series.from().isPresent() && given.isPresent())
                .ifPresent(series -> faults.require(
                        Objects.equals(series.currency(), given.get()),
                        "currency",
                        TariffReason.OTHER_CURRENCY.with(series.currency().getCurrencyCode())));
        return given.orElse(usual);
    }

    private static Unit unit(PriceUpload upload, Optional<StoredSeries> known, FaultCollector faults) {
        var usual = known.map(StoredSeries::unit).orElse(Unit.KWH);
        if (upload.unit().isEmpty()) {
            return usual;
        }
        var word = upload.unit().get().strip().toLowerCase(Locale.ROOT);
        var given = Stream.of(Unit.values())
                .filter(unit -> unit.word().equals(word))
                .findFirst();
        faults.require(given.isPresent(), "unit", TariffReason.UNIT.with());
        return given.orElse(usual);
    }
}
