package express.polaris.console.overview;

import express.polaris.console.sync.SyncWords;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sessions.statistics.Accounting;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import express.polaris.web.BarChart;
import express.polaris.web.Fragment;
import express.polaris.web.Shell;
import express.polaris.web.views.SessionHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Operator's home page {@code /operator}.
 *
 * @param steps first steps of the installation; empty once none is open
 * @param groups findings, most severe kind first
 * @param now part that refreshes itself
 */
public record OverviewPage(
        Shell shell,
        Optional<FirstStepsView> steps,
        ImportState data,
        List<Group> groups,
        Fragment now,
        Month month,
        Optional<Accounting.Statement> statement) {

    public OverviewPage {
        groups = List.copyOf(groups);
    }

    /** Whether data has come from SteVe, so that no findings means that all is well. */
    public boolean isChecked() {
        return data == ImportState.HAS_SESSIONS;
    }

    /** Key of the heading of a page without findings. */
    public String calmTitle() {
        return calm() + ".title";
    }

    /** Key of the text of a page without findings. */
    public String calmText() {
        return calm() + ".text";
    }

    private String calm() {
        return switch (data) {
            case NOT_REACHED -> "attention.unreached";
            case NO_SESSIONS -> "attention.empty";
            case HAS_SESSIONS -> "attention.calm";
        };
    }

    /** Number of findings. */
    public long open() {
        return groups.stream().mapToLong(Group::count).sum();
    }

    /**
     * Findings of one kind.
     *
     * @param kind name in the API
     * @param weight {@code grave}, {@code open} or {@code note}
     * @param count includes findings that are not among the entries
     * @param entries the entries shown at once
     * @param rest the entries shown on demand
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

        /** Entries that can be dismissed. */
        public List<Entry> seeable() {
            return Stream.concat(entries.stream(), rest.stream())
                    .filter(entry -> entry.version().isPresent())
                    .toList();
        }
    }

    /**
     * Finding.
     *
     * @param version empty if the finding stays until it is resolved
     */
    public record Entry(
            String message, String href, Optional<Instant> since, String subject, Optional<String> version) {}

    /** Part that refreshes itself. */
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
     * Live session.
     *
     * @param driver empty if the idTag has no owner
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
            SessionHead head) {

        /** The session's note; empty while it simply charges. */
        public Optional<SessionHead.Note> note() {
            return head.note().filter(note -> note != SessionHead.Note.CHARGING);
        }

        public String href() {
            return "/operator/transactions/" + id;
        }
    }

    /** Sessions that started today in the operator's zone. */
    public record Today(long sessions, Energy energy) {}

    /**
     * Sessions that started in the last 30 days.
     *
     * @param energy without the disputed energy
     * @param disputed energy of sessions that an operator has to decide
     */
    public record Month(long sessions, Energy energy, Energy disputed, BarChart chart) {}
}
