package express.polaris.billing.tariffs;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.ChargerService;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes of time bands, holidays and charger groups. Whatever stays as it is changes nothing. The caller has authorized
 * the request and writes the audit log.
 */
@Service
class TariffChanges {

    private final TariffVersions versions;
    private final TimeBandRepository bands;
    private final HolidayRepository holidays;
    private final ChargerGroupRepository groups;
    private final ChargerService chargers;

    TariffChanges(
            TariffVersions versions,
            TimeBandRepository bands,
            HolidayRepository holidays,
            ChargerGroupRepository groups,
            ChargerService chargers) {
        this.versions = versions;
        this.bands = bands;
        this.holidays = holidays;
        this.groups = groups;
        this.chargers = chargers;
    }

    /**
     * Saves a time band. A known code gets a new version, which holds from now on.
     *
     * @throws InvalidInput with all faults
     */
    @Transactional
    public TimeBandVersion saveBand(String code, TimeBandDraft draft) {
        var faults = new FaultCollector();
        TariffCode.check(code, faults);
        var name = TariffCode.name(draft.name(), faults);
        var band = draft.band(faults);
        faults.throwIfAny();
        versions.lock();
        var latest =
                bands.all().stream().filter(known -> known.code().equals(code)).findFirst();
        if (latest.filter(known -> known.name().equals(name) && known.band().equals(band.orElseThrow()))
                .isPresent()) {
            return latest.get();
        }
        var now = versions.begin(Set.of(code));
        var since = latest.map(known -> known.since().plusNanos(1_000))
                .filter(now::isBefore)
                .orElse(now);
        int number = latest.map(known -> known.version() + 1).orElse(1);
        var saved = new TimeBandVersion(code, number, name, band.orElseThrow(), since);
        bands.insert(saved);
        return saved;
    }

    /**
     * What a new set of holidays changed.
     *
     * @param added with those that were renamed
     * @param removed with those that were renamed
     */
    record ChangedHolidays(List<Holiday> added, List<Holiday> removed) {}

    /**
     * Replaces the set of holidays.
     *
     * @throws InvalidInput with all faults
     */
    @Transactional
    public ChangedHolidays saveHolidays(Optional<List<@Nullable HolidayDraft>> drafts) {
        var faults = new FaultCollector();
        var wanted = HolidayDraft.checked(drafts, faults);
        faults.throwIfAny();
        versions.lock();
        var known = holidays.current();
        var removed = known.stream().filter(Predicate.not(wanted::contains)).toList();
        var added = wanted.stream().filter(Predicate.not(known::contains)).toList();
        if (!added.isEmpty() || !removed.isEmpty()) {
            var codes = bands.all().stream().map(TimeBandVersion::code).collect(Collectors.toSet());
            var now = versions.begin(codes);
            holidays.remove(removed, now);
            holidays.add(added, now);
        }
        return new ChangedHolidays(added, removed);
    }

    /**
     * Saves a charger group with its complete list of charge boxes. In a new group they are since ever, else from now on.
     *
     * @throws InvalidInput with all faults
     */
    @Transactional
    public ChargerGroup saveGroup(String code, ChargerGroupDraft draft) {
        var faults = new FaultCollector();
        TariffCode.check(code, faults);
        var name = TariffCode.name(draft.name(), faults);
        var wanted = draft.members(chargers::find, faults);
        faults.throwIfAny();
        versions.lock();
        var known = group(code);
        Set<ChargeBoxId> members = known.<Set<ChargeBoxId>>map(group -> new HashSet<>(group.members()))
                .orElse(Set.of());
        if (known.filter(group -> group.name().equals(name) && members.equals(wanted))
                .isPresent()) {
            return known.get();
        }
        var now = versions.begin(Set.of(code));
        groups.put(code, name, now);
        groups.end(
                code, members.stream().filter(Predicate.not(wanted::contains)).toList(), now);
        Optional<Instant> from = known.isPresent() ? Optional.of(now) : Optional.empty();
        groups.begin(
                code, wanted.stream().filter(Predicate.not(members::contains)).toList(), from);
        return group(code).orElseThrow();
    }

    private Optional<ChargerGroup> group(String code) {
        return groups.current().stream()
                .filter(group -> group.code().equals(code))
                .findFirst();
    }
}
