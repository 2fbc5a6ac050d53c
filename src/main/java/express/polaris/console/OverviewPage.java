package express.polaris.console;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sessions.Accounting;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import express.polaris.web.BarChart;
import express.polaris.web.Fragment;
import express.polaris.web.Shell;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an operator sees first.
 *
 * @param groups what needs attention, the gravest first
 * @param now what changes by itself
 */
public record OverviewPage(
        Shell shell, List<Group> groups, Fragment now, Month month, Optional<Accounting.Statement> statement) {

    public OverviewPage {
        groups = List.copyOf(groups);
    }

    /** How many things need attention. */
    public long open() {
        return groups.stream().mapToLong(Group::count).sum();
    }

    /**
     * What needs attention for one reason.
     *
     * @param kind as in the API
     * @param weight {@code grave}, {@code open} or {@code note}
     * @param count also of those that are not among the entries
     * @param entries the first few
     * @param rest what is shown on demand
     */
    public record Group(
            String kind,
            String weight,
            String icon,
            String title,
            String advice,
            long count,
            List<Entry> entries,
            List<Entry> rest) {

        public Group {
            entries = List.copyOf(entries);
            rest = List.copyOf(rest);
        }

        /** The entries of this group that can be marked as seen. */
        public List<Entry> seeable() {
            return Stream.concat(entries.stream(), rest.stream())
                    .filter(entry -> entry.version().isPresent())
                    .toList();
        }
    }

    /**
     * One thing that needs attention.
     *
     * @param version empty for what stays until it is mended
     */
    public record Entry(
            String message, String href, Optional<Instant> since, String subject, Optional<String> version) {}

    /** What changes by itself. */
    public record Now(
            Texts texts,
            Format format,
            Instant at,
            List<Live> live,
            boolean more,
            Power power,
            Today today,
            Month month,
            SyncWords.State sync) {

        public Now {
            live = List.copyOf(live);
        }
    }

    /**
     * A session that is live.
     *
     * @param driver empty when the tag is nobody's
     * @param note beside it, unless it simply charges: key of its text, icon
     */
    public record Live(
            long id,
            Optional<String> driver,
            String idTag,
            String charger,
            int connector,
            Optional<Power> power,
            boolean powerDerived,
            Energy energy,
            Instant startedAt,
            Duration duration,
            Optional<Note> note) {

        public String href() {
            return "/operator/transactions/" + id;
        }
    }

    /** @param key its text takes the time of the last reading */
    public record Note(String key, String icon, String lastReading) {}

    /** What began today, in the operator's zone. */
    public record Today(long sessions, Energy energy) {}

    /**
     * What began in the last 30 days.
     *
     * @param disputed energy of sessions that an operator has to decide about; not a part of the energy
     */
    public record Month(long sessions, Energy energy, Energy disputed, BarChart chart) {}
}
