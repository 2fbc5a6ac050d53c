package express.polaris.console.prices;

import express.polaris.billing.tariffs.TimeBandDraft;
import express.polaris.billing.tariffs.TimeBandVersion;
import express.polaris.console.TypedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Form of a time band, as typed. */
public record TimeBandForm(String code, String name, List<Row> rows) {

    private static final int MOST_ROWS = 50;

    /**
     * Hours of some days.
     *
     * @param days short English names
     */
    public record Row(List<String> days, String from, String to) {

        public Row {
            days = List.copyOf(days);
        }
    }

    private static final Row EVERY_NIGHT = new Row(WeekPicture.days(), "22:00", "06:00");

    public TimeBandForm {
        rows = List.copyOf(rows);
    }

    static TimeBandForm empty() {
        return new TimeBandForm("", "", List.of(EVERY_NIGHT));
    }

    static TimeBandForm of(TimeBandVersion band) {
        return new TimeBandForm(
                band.code(),
                band.name(),
                TimeBandDraft.rules(band.band()).stream()
                        .map(rule -> new Row(
                                rule.days().orElseThrow().stream()
                                        .map(String::valueOf)
                                        .toList(),
                                rule.from().orElseThrow(),
                                rule.to().orElseThrow()))
                        .toList());
    }

    static TimeBandForm of(Map<String, List<String>> form) {
        int rows = Math.min(MOST_ROWS, TypedText.all(form, "from").size());
        return new TimeBandForm(
                TypedText.first(form, "code").strip(),
                TypedText.first(form, "name"),
                IntStream.range(0, rows)
                        .mapToObj(place -> new Row(
                                TypedText.all(form, "days" + place),
                                TypedText.at(form, "from", place),
                                TypedText.at(form, "to", place)))
                        .toList());
    }

    TimeBandForm withRow() {
        var more = new ArrayList<>(rows);
        more.add(new Row(List.of(), "", ""));
        return new TimeBandForm(code, name, more);
    }

    /** Removes the row at this index unless it is the only one. */
    TimeBandForm withoutRow(String place) {
        var less = IntStream.range(0, rows.size())
                .filter(row -> !place.equals(Integer.toString(row)))
                .mapToObj(rows::get)
                .toList();
        return less.isEmpty() ? this : new TimeBandForm(code, name, less);
    }

    TimeBandDraft draft() {
        var rules = new ArrayList<TimeBandDraft.@Nullable Rule>();
        rows.forEach(row -> rules.add(new TimeBandDraft.Rule(
                Optional.of(new ArrayList<@Nullable String>(row.days())),
                Optional.of(row.from()),
                Optional.of(row.to()))));
        return new TimeBandDraft(Optional.of(name), Optional.of(rules));
    }
}
