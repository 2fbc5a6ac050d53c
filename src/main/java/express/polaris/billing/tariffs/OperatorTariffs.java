package express.polaris.billing.tariffs;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.platform.refusals.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes of what prices depend on, for operators: each change and its audit log entry are one transaction. */
@Service
public class OperatorTariffs {

    private final TariffChanges changes;
    private final PriceSeriesService series;
    private final AuditLog audit;

    OperatorTariffs(TariffChanges changes, PriceSeriesService series, AuditLog audit) {
        this.changes = changes;
        this.series = series;
        this.audit = audit;
    }

    /**
     * Saves a time band. A known code gets a new version, which holds from now on.
     *
     * @throws InvalidInput with all faults
     */
    @Transactional
    public TimeBandVersion saveBand(AccountId operator, String code, TimeBandDraft draft) {
        var saved = changes.saveBand(code, draft);
        var details = new LinkedHashMap<String, Object>();
        details.put("name", saved.name());
        details.put("version", saved.version());
        details.put(
                "rules",
                TimeBandDraft.rules(saved.band()).stream()
                        .map(OperatorTariffs::words)
                        .toList());
        audit.record(Optional.of(operator), "time-band.save", "time band " + saved.code(), details);
        return saved;
    }

    private static String words(TimeBandDraft.Rule rule) {
        return String.join(",", rule.days().orElseThrow()) + " " + rule.from().orElseThrow() + "-"
                + rule.to().orElseThrow();
    }

    /**
     * Replaces the set of holidays.
     *
     * @throws InvalidInput with all faults
     */
    @Transactional
    public void saveHolidays(AccountId operator, Optional<List<@Nullable HolidayDraft>> days) {
        var changed = changes.saveHolidays(days);
        audit.record(
                Optional.of(operator),
                "holidays.save",
                "holidays",
                Map.of(
                        "added", changed.added().stream().map(Holiday::day).toList(),
                        "removed", changed.removed().stream().map(Holiday::day).toList()));
    }

    /**
     * Saves a charger group with its complete list of charge boxes. In a new group they are since ever, else from now on.
     *
     * @throws InvalidInput with all faults
     */
    @Transactional
    public ChargerGroup saveGroup(AccountId operator, String code, ChargerGroupDraft draft) {
        var group = changes.saveGroup(code, draft);
        audit.record(
                Optional.of(operator),
                "charger-group.save",
                "charger group " + group.code(),
                Map.of(
                        "name",
                        group.name(),
                        "chargeBoxes",
                        group.members().stream().map(Object::toString).toList()));
        return group;
    }

    /** See {@link PriceSeriesService#store}. */
    @Transactional
    public PriceSeriesService.Stored storePrices(AccountId operator, String code, PriceUpload upload) {
        var stored = series.store(code, upload);
        audit.record(
                Optional.of(operator),
                "price-series.upload",
                "price series " + stored.series().code(),
                Map.of(
                        "added", stored.added(),
                        "replaced", stored.replaced(),
                        "unchanged", stored.unchanged()));
        return stored;
    }
}
