package express.polaris.billing.tariffs;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.PlainText;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holiday as an operator gives it.
 *
 * @param date e.g. {@code 2026-12-25}
 */
public record HolidayDraft(Optional<String> date, Optional<String> name) {

    static final int MOST = 1_000;

    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2100, 12, 31);

    /** Returns the holidays; complete only without faults. */
    static List<Holiday> checked(Optional<List<@Nullable HolidayDraft>> given, FaultCollector faults) {
        if (given.isEmpty() || given.get().size() > MOST) {
            faults.add("days", TariffReason.HOLIDAYS.with(MOST));
            return List.of();
        }
        var holidays = new ArrayList<Holiday>();
        var seen = new HashSet<LocalDate>();
        for (int place = 0; place < given.get().size(); place++) {
            var path = "days[" + place + "]";
            var draft = Optional.ofNullable(given.get().get(place));
            var day = draft.flatMap(HolidayDraft::date).flatMap(HolidayDraft::day);
            var name = draft.flatMap(HolidayDraft::name).map(String::strip).orElse("");
            faults.require(day.isPresent(), path + ".date", TariffReason.DATE.with());
            day.ifPresent(known -> faults.require(seen.add(known), path + ".date", TariffReason.TWICE.with(known)));
            faults.require(
                    PlainText.length(name) <= TariffCode.LONGEST_NAME && PlainText.isPrintable(name),
                    path + ".name",
                    TariffReason.HOLIDAY_NAME.with(TariffCode.LONGEST_NAME));
            day.map(known -> new Holiday(known, name)).ifPresent(holidays::add);
        }
        return holidays;
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip())).filter(day -> !day.isBefore(FIRST) && !day.isAfter(LAST));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
