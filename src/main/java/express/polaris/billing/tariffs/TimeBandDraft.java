package express.polaris.billing.tariffs;

import express.polaris.billing.pricing.TimeBand;
import express.polaris.billing.pricing.TimeBand.Day;
import express.polaris.billing.pricing.TimeBand.Hours;
import express.polaris.platform.refusals.FaultCollector;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Time band as an operator gives it.
 *
 * @param rules null for a rule that is no object
 */
public record TimeBandDraft(Optional<String> name, Optional<List<@Nullable Rule>> rules) {

    static final int MOST_RULES = 50;

    private static final Pattern TIME = Pattern.compile("\\d{1,2}:\\d{2}");
    private static final int LONGEST_QUOTE = 20;

    /**
     * Hours of some days, as typed.
     *
     * @param days {@code mon}, {@code monday}, …, {@code sun}, {@code holiday}, in any case
     * @param from e.g. {@code 22:00}
     * @param to e.g. {@code 06:00}; {@code 24:00} is the end of the day
     */
    public record Rule(Optional<List<@Nullable String>> days, Optional<String> from, Optional<String> to) {}

    /** Short English name of a day, as in JSON: {@code mon}, …, {@code sun}, {@code holiday}. */
    public static String word(Day day) {
        var name = day.name().toLowerCase(Locale.ROOT);
        return day == Day.HOLIDAY ? name : name.substring(0, 3);
    }

    /** Time of day at which hours end: {@code 24:00} at the end of the day. */
    public static String end(LocalTime to) {
        return to.equals(LocalTime.MIDNIGHT) ? "24:00" : to.toString();
    }

    /** Returns the rules of a band. */
    public static List<Rule> rules(TimeBand band) {
        return band.hours().stream().map(TimeBandDraft::rule).toList();
    }

    private static Rule rule(Hours hours) {
        var days = new ArrayList<@Nullable String>();
        hours.days().stream().sorted().map(TimeBandDraft::word).forEach(days::add);
        return new Rule(Optional.of(days), Optional.of(hours.from().toString()), Optional.of(end(hours.to())));
    }

    /** Returns the band; empty, with faults, if the rules are not valid. */
    Optional<TimeBand> band(FaultCollector faults) {
        var given = rules.orElse(List.of());
        if (given.isEmpty() || given.size() > MOST_RULES) {
            faults.add("rules", TariffReason.RULES.with(MOST_RULES));
            return Optional.empty();
        }
        var hours = new ArrayList<Hours>();
        for (int place = 0; place < given.size(); place++) {
            var path = "rules[" + place + "]";
            var rule = given.get(place);
            if (rule == null) {
                faults.add(path, TariffReason.RULE.with());
            } else {
                hours(rule, path, faults).ifPresent(hours::add);
            }
        }
        return hours.size() == given.size() ? Optional.of(new TimeBand(hours)) : Optional.empty();
    }

    private static Optional<Hours> hours(Rule rule, String path, FaultCollector faults) {
        var days = days(rule.days().orElse(List.of()), path, faults);
        var from = time(rule.from(), path + ".from", faults);
        var to = time(rule.to(), path + ".to", faults);
        return days.isEmpty() || from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hours(days.get(), from.get(), to.get()));
    }

    private static Optional<EnumSet<Day>> days(List<@Nullable String> given, String path, FaultCollector faults) {
        var days = EnumSet.noneOf(Day.class);
        if (given.isEmpty()) {
            faults.add(path + ".days", TariffReason.DAYS.with());
            return Optional.empty();
        }
        boolean complete = true;
        for (int place = 0; place < given.size(); place++) {
            var day = Optional.ofNullable(given.get(place)).flatMap(TimeBandDraft::day);
            if (day.isPresent()) {
                days.add(day.get());
            } else {
                complete = false;
                var text = String.valueOf(given.get(place));
                faults.add(
                        path + ".days[" + place + "]",
                        TariffReason.DAY.with(text.substring(0, Math.min(LONGEST_QUOTE, text.length()))));
            }
        }
        return complete ? Optional.of(days) : Optional.empty();
    }

    private static Optional<Day> day(String text) {
        var wanted = text.strip().toLowerCase(Locale.ROOT);
        return EnumSet.allOf(Day.class).stream()
                .filter(day -> word(day).equals(wanted)
                        || day.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }

    private static Optional<LocalTime> time(Optional<String> given, String field, FaultCollector faults) {
        var time = given.map(String::strip)
                .filter(text -> TIME.matcher(text).matches())
                .flatMap(TimeBandDraft::time);
        faults.require(time.isPresent(), field, TariffReason.TIME.with());
        return time;
    }

    private static Optional<LocalTime> time(String text) {
        var padded = text.length() == 4 ? "0" + text : text;
        try {
            return Optional.of(padded.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(padded));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
