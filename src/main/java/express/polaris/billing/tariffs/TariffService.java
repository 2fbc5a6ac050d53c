package express.polaris.billing.tariffs;

import express.polaris.billing.pricing.ChargerGroups;
import express.polaris.billing.pricing.PriceSeries;
import express.polaris.billing.pricing.TimeBand;
import express.polaris.billing.pricing.TimeBands;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What prices depend on, for the computation of prices. Bands, holidays and groups are kept in memory while their
 * version stays; each call asks the database for the version, or for the prices of a span of time.
 */
@Service
public class TariffService {

    private final TariffVersions versions;
    private final TimeBandRepository bands;
    private final HolidayRepository holidays;
    private final ChargerGroupRepository groups;
    private final PriceSeriesRepository series;
    private volatile @Nullable Kept kept;

    TariffService(
            TariffVersions versions,
            TimeBandRepository bands,
            HolidayRepository holidays,
            ChargerGroupRepository groups,
            PriceSeriesRepository series) {
        this.versions = versions;
        this.bands = bands;
        this.holidays = holidays;
        this.groups = groups;
        this.series = series;
    }

    /** What is kept in memory, at least as new as the version. */
    private record Kept(
            long version,
            Map<String, List<TimeBandVersion>> bands,
            List<HolidayRepository.Recorded> holidays,
            ChargerGroups groups) {}

    /**
     * Returns the time bands with these codes; unknown codes are left out.
     *
     * @param asOf instant whose set of holidays counts, e.g. that of sealing; empty = now
     */
    public TimeBands bands(Collection<String> codes, Optional<Instant> asOf) {
        if (codes.isEmpty()) {
            return TimeBands.NONE;
        }
        var known = kept();
        var wanted = new HashMap<String, Map<Instant, TimeBand>>();
        var names = new HashMap<String, String>();
        for (var code : new HashSet<>(codes)) {
            var found = known.bands().getOrDefault(code, List.of());
            if (!found.isEmpty()) {
                names.put(code, found.getFirst().name());
                wanted.put(
                        code, found.stream().collect(Collectors.toMap(TimeBandVersion::since, TimeBandVersion::band)));
            }
        }
        return new TimeBands(wanted, names, counted(known.holidays(), asOf));
    }

    private static Set<LocalDate> counted(List<HolidayRepository.Recorded> holidays, Optional<Instant> asOf) {
        return holidays.stream()
                .filter(holiday -> holiday.countedAt(asOf))
                .map(holiday -> holiday.holiday().day())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns all charger groups with their history. */
    public ChargerGroups groups() {
        return kept().groups();
    }

    /**
     * Returns the prices that overlap a span of time, in the series' currency per kWh; empty for an unknown series.
     *
     * @param from inclusive
     * @param to exclusive
     * @param asOf instant at which these prices were known, e.g. that of sealing; empty = now
     */
    public PriceSeries series(String code, Instant from, Instant to, Optional<Instant> asOf) {
        return new PriceSeries(series.prices(code, from, to, asOf));
    }

    /** Returns the currency of a price series; empty if it is unknown. */
    public Optional<Currency> currencyOf(String code) {
        return series.find(code).map(StoredSeries::currency);
    }

    public boolean hasBand(String code) {
        return kept().bands().containsKey(code);
    }

    public boolean hasGroup(String code) {
        return kept().groups().has(code);
    }

    public boolean hasSeries(String code) {
        return series.find(code).isPresent();
    }

    /** Lists the codes of the price series, sorted. */
    public List<String> seriesCodes() {
        return series.list().stream().map(StoredSeries::code).toList();
    }

    /** Lists the latest version of each time band, by code. */
    public List<TimeBandVersion> timeBands() {
        return kept().bands().values().stream().map(List::getFirst).toList();
    }

    /** Lists all versions of a time band, latest first; empty for an unknown code. */
    public List<TimeBandVersion> timeBand(String code) {
        return kept().bands().getOrDefault(code, List.of());
    }

    /** Lists the holidays, by day. */
    public List<Holiday> holidays() {
        return holidays.current();
    }

    /** Lists the charger groups as they are now, by code. */
    public List<ChargerGroup> chargerGroups() {
        return groups.current();
    }

    /** Finds a charger group as it is now. */
    public Optional<ChargerGroup> chargerGroup(String code) {
        return chargerGroups().stream()
                .filter(group -> group.code().equals(code))
                .findFirst();
    }

    /** The version is read first, so what is kept is never older than it. */
    private Kept kept() {
        long version = versions.current();
        var known = kept;
        if (known == null || known.version() != version) {
            known = new Kept(
                    version,
                    bands.all().stream()
                            .collect(Collectors.groupingBy(TimeBandVersion::code, TreeMap::new, Collectors.toList())),
                    holidays.all(),
                    groups.all());
            kept = known;
        }
        return known;
    }
}
