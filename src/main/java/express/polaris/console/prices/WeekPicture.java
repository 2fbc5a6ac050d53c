package express.polaris.console.prices;

import express.polaris.billing.pricing.TimeBand;
import express.polaris.billing.pricing.TimeBand.Day;
import express.polaris.billing.pricing.TimeBand.Hours;
import express.polaris.billing.tariffs.TimeBandDraft;
import express.polaris.documents.Texts;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A time band as a picture of the week: one row for each day and one for holidays, from 00:00 to 24:00.
 *
 * @param words the same in words, one sentence for each rule
 */
public record WeekPicture(List<Row> rows, List<String> words) {

    private static final int MINUTES = 24 * 60;
    private static final int SIDE = 1000;

    /**
     * @param day short name of the day
     */
    public record Row(String day, List<Span> spans) {}

    /** Part of a day, in thousandths of it. */
    public record Span(String x, String width) {}

    public WeekPicture {
        rows = List.copyOf(rows);
        words = List.copyOf(words);
    }

    static WeekPicture of(TimeBand band, Texts texts) {
        return new WeekPicture(
                Arrays.stream(Day.values())
                        .map(day -> new Row(name(day, texts), spans(band, day)))
                        .toList(),
                band.hours().stream().map(hours -> words(hours, texts)).toList());
    }

    /** Short name of a day in the reader's language. */
    static String name(Day day, Texts texts) {
        return day == Day.HOLIDAY
                ? texts.get("console.prices.holiday")
                : DayOfWeek.of(day.ordinal() + 1)
                        .getDisplayName(TextStyle.SHORT_STANDALONE, Locale.forLanguageTag(texts.language()));
    }

    /** Days and hours, e.g. "Mon–Fri, holiday 22:00–06:00". */
    static String words(Hours hours, Texts texts) {
        var to = hours.to().equals(LocalTime.MIDNIGHT) ? "24:00" : hours.to().toString();
        return days(hours.days(), texts) + " " + hours.from() + "–" + to;
    }

    private static String days(Set<Day> days, Texts texts) {
        if (days.size() == Day.values().length) {
            return texts.get("console.prices.everyDay");
        }
        var runs = new ArrayList<List<Day>>();
        for (var day : days.stream().sorted().toList()) {
            boolean goesOn = !runs.isEmpty()
                    && day != Day.HOLIDAY
                    && runs.getLast().getLast().ordinal() + 1 == day.ordinal();
            if (goesOn) {
                runs.getLast().add(day);
            } else {
                runs.add(new ArrayList<>(List.of(day)));
            }
        }
        return runs.stream()
                .map(run -> run.size() < 3
                        ? run.stream().map(day -> name(day, texts)).collect(Collectors.joining(", "))
                        : name(run.getFirst(), texts) + "–" + name(run.getLast(), texts))
                .collect(Collectors.joining(", "));
    }

    /** The day before a holiday is drawn as a holiday too. */
    private static List<Span> spans(TimeBand band, Day day) {
        var before = switch (day) {
            case MONDAY -> Day.SUNDAY;
            case HOLIDAY -> Day.HOLIDAY;
            default -> Day.values()[day.ordinal() - 1];
        };
        var inBand = new boolean[MINUTES];
        for (var hours : band.hours()) {
            int from = hours.from().toSecondOfDay() / 60;
            int to = hours.to().toSecondOfDay() / 60;
            if (hours.days().contains(day)) {
                Arrays.fill(inBand, from, to > from ? to : MINUTES, true);
            }
            if (to <= from && hours.days().contains(before)) {
                Arrays.fill(inBand, 0, to, true);
            }
        }
        var spans = new ArrayList<Span>();
        int start = 0;
        for (int minute = 1; minute <= MINUTES; minute++) {
            if (minute == MINUTES || inBand[minute] != inBand[start]) {
                if (inBand[start]) {
                    spans.add(new Span(thousandths(start), thousandths(minute - start)));
                }
                start = minute;
            }
        }
        return spans;
    }

    private static String thousandths(int minutes) {
        return Integer.toString(Math.round((float) minutes * SIDE / MINUTES));
    }

    /** Short English names of the days, in order, as in forms. */
    static List<String> days() {
        return Arrays.stream(Day.values()).map(TimeBandDraft::word).toList();
    }
}
