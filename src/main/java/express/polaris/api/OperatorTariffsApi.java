package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.tariffs.ChargerGroup;
import express.polaris.billing.tariffs.ChargerGroupDraft;
import express.polaris.billing.tariffs.HolidayDraft;
import express.polaris.billing.tariffs.OperatorTariffs;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.billing.tariffs.TimeBandDraft;
import express.polaris.billing.tariffs.TimeBandVersion;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.chargers.ChargeBoxId;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Time bands, holidays and charger groups, for operators. */
@RestController
@RequestMapping("/api/v1/operator")
class OperatorTariffsApi {

    private final TariffService tariffs;
    private final OperatorTariffs changes;

    OperatorTariffsApi(TariffService tariffs, OperatorTariffs changes) {
        this.tariffs = tariffs;
        this.changes = changes;
    }

    /**
     * @param version from 1
     * @param since instant from which this version holds; the first one also holds before
     */
    record TimeBandJson(String code, String name, int version, Instant since, List<HoursJson> rules) {

        static TimeBandJson of(TimeBandVersion band) {
            return new TimeBandJson(
                    band.code(),
                    band.name(),
                    band.version(),
                    band.since(),
                    TimeBandDraft.rules(band.band()).stream()
                            .map(rule -> new HoursJson(
                                    rule.days().orElseThrow().stream()
                                            .map(String::valueOf)
                                            .toList(),
                                    rule.from().orElseThrow(),
                                    rule.to().orElseThrow()))
                            .toList());
        }
    }

    /**
     * @param days on which the hours begin: mon, tue, wed, thu, fri, sat, sun, holiday
     * @param from e.g. 22:00
     * @param to e.g. 06:00, which is on the next day; 24:00 is the end of the day
     */
    record HoursJson(List<String> days, String from, String to) {}

    record WantedTimeBand(Optional<String> code, Optional<String> name, Optional<List<@Nullable WantedHours>> rules) {

        TimeBandDraft draft() {
            return new TimeBandDraft(name, rules.map(WantedTimeBand::rules));
        }

        private static List<TimeBandDraft.@Nullable Rule> rules(List<@Nullable WantedHours> given) {
            var rules = new ArrayList<TimeBandDraft.@Nullable Rule>();
            given.forEach(hours ->
                    rules.add(hours == null ? null : new TimeBandDraft.Rule(hours.days(), hours.from(), hours.to())));
            return rules;
        }
    }

    record WantedHours(Optional<List<@Nullable String>> days, Optional<String> from, Optional<String> to) {}

    record HolidaysJson(List<HolidayJson> days) {}

    record HolidayJson(LocalDate date, String name) {}

    record WantedHolidays(Optional<List<@Nullable WantedHoliday>> days) {}

    /** An object, or only the day. */
    record WantedHoliday(Optional<String> date, Optional<String> name) {

        @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
        WantedHoliday {}

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static WantedHoliday of(String date) {
            return new WantedHoliday(Optional.of(date), Optional.empty());
        }
    }

    record ChargerGroupJson(String code, String name, List<String> chargeBoxIds) {

        static ChargerGroupJson of(ChargerGroup group) {
            return new ChargerGroupJson(
                    group.code(),
                    group.name(),
                    group.members().stream().map(ChargeBoxId::value).toList());
        }
    }

    record WantedChargerGroup(
            Optional<String> code, Optional<String> name, Optional<List<@Nullable String>> chargeBoxIds) {}

    @GetMapping("/time-bands")
    @Operation(summary = "Time bands in their latest version, by code")
    CursorPage<TimeBandJson> bands(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        var all = tariffs.timeBands().stream().map(TimeBandJson::of).toList();
        return CursorPage.of(all, cursor, CursorPage.limit(limit), TimeBandJson::code);
    }

    @GetMapping("/time-bands/{code}")
    @Operation(summary = "A time band in its latest version")
    TimeBandJson band(@PathVariable String code) {
        return tariffs.timeBand(code).stream().findFirst().map(TimeBandJson::of).orElseThrow(NotFound::new);
    }

    @PutMapping("/time-bands/{code}")
    @Operation(
            summary = "Save a time band; 201 when it is new",
            description = "A known code gets a new version, which holds for energy from now on; the first version also"
                    + " holds for all energy before. Days are `mon` to `sun` and `holiday`, also in full. Hours are by"
                    + " the clock in the zone of the subscription; hours that end at or before their start end on the"
                    + " next day.")
    ResponseEntity<TimeBandJson> saveBand(
            @PathVariable String code, @RequestBody WantedTimeBand wanted, @SignedInAccount Account operator) {
        boolean known = tariffs.hasBand(code);
        var saved = changes.saveBand(operator.id(), code, wanted.draft());
        return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.CREATED).body(TimeBandJson.of(saved));
    }

    @GetMapping("/holidays")
    @Operation(summary = "Holidays, by day")
    HolidaysJson holidays() {
        return new HolidaysJson(tariffs.holidays().stream()
                .map(holiday -> new HolidayJson(holiday.day(), holiday.name()))
                .toList());
    }

    @PutMapping("/holidays")
    @Operation(
            summary = "Replace the holidays",
            description = "The complete list, as objects with `date` and `name` or as days alone. Energy that is"
                    + " invoiced keeps the holidays that it was invoiced with.")
    HolidaysJson saveHolidays(@RequestBody WantedHolidays wanted, @SignedInAccount Account operator) {
        changes.saveHolidays(operator.id(), wanted.days().map(OperatorTariffsApi::drafts));
        return holidays();
    }

    private static List<@Nullable HolidayDraft> drafts(List<@Nullable WantedHoliday> given) {
        var drafts = new ArrayList<@Nullable HolidayDraft>();
        given.forEach(day -> drafts.add(day == null ? null : new HolidayDraft(day.date(), day.name())));
        return drafts;
    }

    @GetMapping("/charger-groups")
    @Operation(summary = "Charger groups, by code")
    CursorPage<ChargerGroupJson> groups(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        var all = tariffs.chargerGroups().stream().map(ChargerGroupJson::of).toList();
        return CursorPage.of(all, cursor, CursorPage.limit(limit), ChargerGroupJson::code);
    }

    @GetMapping("/charger-groups/{code}")
    @Operation(summary = "A charger group")
    ChargerGroupJson group(@PathVariable String code) {
        return tariffs.chargerGroup(code).map(ChargerGroupJson::of).orElseThrow(NotFound::new);
    }

    @PutMapping("/charger-groups/{code}")
    @Operation(
            summary = "Save a charger group; 201 when it is new",
            description =
                    "`chargeBoxIds` is the complete list. The charge boxes of a new group belong to it since ever;"
                            + " later changes hold for energy from now on.")
    ResponseEntity<ChargerGroupJson> saveGroup(
            @PathVariable String code, @RequestBody WantedChargerGroup wanted, @SignedInAccount Account operator) {
        boolean known = tariffs.hasGroup(code);
        var saved = changes.saveGroup(operator.id(), code, new ChargerGroupDraft(wanted.name(), wanted.chargeBoxIds()));
        return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.CREATED).body(ChargerGroupJson.of(saved));
    }
}
