package express.polaris.billing.pricing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Time bands by code, each with all its versions, and the holidays. A version holds for energy measured from its instant
 * on; the first one also for all energy before.
 */
public final class TimeBands {

    public static final TimeBands NONE = new TimeBands(Map.of(), Map.of(), Set.of());

    private final Map<String, NavigableMap<Instant, TimeBand>> versions;
    private final Map<String, String> names;
    private final Set<LocalDate> holidays;

    /**
     * @param versions versions of each code by the instant from which they hold, at least one each
     * @param names what people call each code
     */
    public TimeBands(
            Map<String, ? extends Map<Instant, TimeBand>> versions,
            Map<String, String> names,
            Set<LocalDate> holidays) {
        var sorted = new TreeMap<String, NavigableMap<Instant, TimeBand>>();
        versions.forEach((code, of) -> sorted.put(code, new TreeMap<>(of)));
        this.versions = sorted;
        this.names = Map.copyOf(names);
        this.holidays = Set.copyOf(holidays);
    }

    /** Returns whether there is a band with this code. */
    public boolean has(String code) {
        return versions.containsKey(code);
    }

    /** Returns what people call the band. */
    public String name(String code) {
        return names.getOrDefault(code, code);
    }

    /** Returns whether the instant lies in the band; false for an unknown code. */
    public boolean contains(String code, Instant at, ZoneId zone) {
        return version(code, at)
                .filter(band -> band.contains(at.atZone(zone).toLocalDateTime(), holidays))
                .isPresent();
    }

    /**
     * Returns the instants, after {@code from} and before {@code to}, at which one of these bands may begin or end. In
     * between, every band holds throughout or not at all.
     */
    public SortedSet<Instant> changes(Collection<String> codes, Instant from, Instant to, ZoneId zone) {
        var times = new TreeSet<LocalTime>();
        var changes = new TreeSet<Instant>();
        for (var code : codes) {
            versions.getOrDefault(code, new TreeMap<>()).forEach((since, band) -> {
                changes.add(since);
                band.hours().forEach(hours -> {
                    times.add(hours.from());
                    times.add(hours.to());
                });
            });
        }
        if (times.isEmpty()) {
            return new TreeSet<>();
        }
        times.add(LocalTime.MIDNIGHT);
        var last = LocalDate.ofInstant(to, zone);
        for (var day = LocalDate.ofInstant(from, zone); !day.isAfter(last); day = day.plusDays(1)) {
            for (var time : times) {
                var local = day.atTime(time);
                zone.getRules().getValidOffsets(local).forEach(offset -> changes.add(local.toInstant(offset)));
            }
        }
        for (var clockChange = zone.getRules().nextTransition(from);
                clockChange != null && clockChange.getInstant().isBefore(to);
                clockChange = zone.getRules().nextTransition(clockChange.getInstant())) {
            changes.add(clockChange.getInstant());
        }
        return from.isBefore(to) ? changes.subSet(from, false, to, false) : new TreeSet<>();
    }

    private Optional<TimeBand> version(String code, Instant at) {
        var known = versions.get(code);
        if (known == null) {
            return Optional.empty();
        }
        var entry = known.floorEntry(at);
        return Optional.of((entry == null ? known.firstEntry() : entry).getValue());
    }
}
