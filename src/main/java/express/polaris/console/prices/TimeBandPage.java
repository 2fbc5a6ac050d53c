package express.polaris.console.prices;

import express.polaris.billing.pricing.TimeBand.Day;
import express.polaris.billing.tariffs.TimeBandDraft;
import express.polaris.documents.Texts;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Pages {@code /operator/prices/bands/new} and {@code /operator/prices/bands/{code}}.
 *
 * @param week of the latest version; empty for a new band
 * @param versions latest first
 */
public record TimeBandPage(
        Shell shell, TimeBandForm form, FieldFaults faults, Optional<WeekPicture> week, List<Version> versions) {

    /** @param since from when it holds; empty for the first version, which always held before */
    public record Version(int number, Optional<Instant> since, List<String> words) {}

    /**
     * Day of a row's boxes.
     *
     * @param value short English name
     */
    public record DayBox(String value, String label) {}

    public TimeBandPage {
        versions = List.copyOf(versions);
    }

    public boolean isNew() {
        return versions.isEmpty();
    }

    public List<DayBox> days() {
        Texts texts = shell.texts();
        return Arrays.stream(Day.values())
                .map(day -> new DayBox(TimeBandDraft.word(day), WeekPicture.name(day, texts)))
                .toList();
    }
}
