package express.polaris.console.prices;

import express.polaris.billing.tariffs.Holiday;
import express.polaris.billing.tariffs.HolidayDraft;
import express.polaris.platform.refusals.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holidays as typed: a line for each, with its day and its name.
 *
 * @param text the lines; lines without content count for nothing
 */
public record HolidayForm(String text) {

    private static final Pattern PLACE = Pattern.compile("days\\[(\\d+)]\\.\\w+");

    static HolidayForm of(Collection<Holiday> holidays) {
        return new HolidayForm(holidays.stream()
                .map(holiday -> (holiday.day() + " " + holiday.name()).strip())
                .collect(Collectors.joining("\n")));
    }

    private List<String> lines() {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    List<@Nullable HolidayDraft> drafts() {
        var drafts = new ArrayList<@Nullable HolidayDraft>();
        for (var line : lines()) {
            var parts = line.split("[\\s;,]+", 2);
            drafts.add(new HolidayDraft(Optional.of(parts[0]), Optional.of(parts.length < 2 ? "" : parts[1])));
        }
        return drafts;
    }

    /** Adds days that are not there yet, and sorts the lines. */
    HolidayForm with(Collection<Holiday> suggested) {
        var lines = new ArrayList<>(lines());
        suggested.stream()
                .filter(holiday -> lines().stream()
                        .noneMatch(line -> line.startsWith(holiday.day().toString())))
                .forEach(holiday -> lines.add(holiday.day() + " " + holiday.name()));
        return new HolidayForm(lines.stream().sorted().collect(Collectors.joining("\n")));
    }

    /** The line that a fault is about; empty for a fault of the form. */
    Optional<String> line(Fault fault) {
        var place = PLACE.matcher(fault.field());
        return place.matches() ? Optional.of(lines().get(Integer.parseInt(place.group(1)))) : Optional.empty();
    }
}
