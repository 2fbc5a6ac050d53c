package express.polaris.console.sync;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.steve.SteveHealth;
import express.polaris.sync.SyncConcerns;
import express.polaris.web.views.SteveWords;
import java.time.Duration;
import java.time.Instant;

/** Describes the health of sync and SteVe. */
public record SyncWords(Texts texts, Format format) {

    /**
     * State of sync and SteVe.
     *
     * @param steve text in the reader's language
     * @param sync text in the reader's language
     */
    public record State(Mark mark, String steve, String sync) {}

    /** What a mark says about sync and SteVe. */
    public enum Mark {
        WELL,
        UNWELL,
        /** SteVe was not called yet. */
        UNCHECKED
    }

    /** Discovery runs at least once a minute; it counts as late after twice that time. */
    static final Duration LATE = Duration.ofMinutes(2);

    public State state(SteveHealth.State steve, SyncConcerns.Lag lag, SyncConcerns.Contact contact, Instant now) {
        boolean isNew = lag.discoveredAt().isEmpty() && steve.failure().isEmpty() && !contact.isMissing();
        boolean isWell = !isLate(lag, now)
                && lag.ownPause().isEmpty()
                && lag.stopped().isEmpty()
                && (steve.isAnswering() || !steve.isKnown());
        return new State(isWell ? Mark.WELL : isNew ? Mark.UNCHECKED : Mark.UNWELL, steve(steve), sync(lag, now));
    }

    /** Whether a completed discovery is not longer ago than usual. */
    public static boolean isRecent(Instant discovery, Instant now) {
        return discovery.isAfter(now.minus(LATE));
    }

    public static boolean isLate(SyncConcerns.Lag lag, Instant now) {
        return lag.discoveredAt().filter(at -> isRecent(at, now)).isEmpty()
                || lag.overdueSince().filter(at -> at.isBefore(now.minus(LATE))).isPresent();
    }

    String steve(SteveHealth.State steve) {
        if (!steve.isKnown()) {
            return texts.get("overview.steve.unknown");
        }
        if (steve.isAnswering()) {
            return texts.get(
                    "overview.steve.answers",
                    format.count(steve.latency().map(Duration::toMillis).orElse(0L)));
        }
        var reason = new SteveWords(texts).problem(steve.failure().orElseThrow().symptom());
        return steve.answeredAt()
                .map(at -> texts.get("overview.steve.silentSince", format.dateTime(at), reason))
                .orElseGet(() -> texts.get("overview.steve.silent", reason));
    }

    public String sync(SyncConcerns.Lag lag, Instant now) {
        if (lag.stopped().isPresent()) {
            return texts.get(
                    "overview.sync.stopped", format.dateTime(lag.stopped().get().since()));
        }
        if (lag.discoveredAt().isEmpty()) {
            return texts.get("overview.sync.never");
        }
        var age = format.duration(format.age(lag.discoveredAt().get(), now));
        if (lag.ownPause().isPresent()) {
            return texts.get("overview.sync.paused", age);
        }
        if (lag.overdueSince().filter(at -> at.isBefore(now.minus(LATE))).isPresent()) {
            return texts.get(
                    "overview.sync.overdue",
                    age,
                    format.duration(format.age(lag.overdueSince().get(), now)));
        }
        if (lag.waiting() > 0) {
            return texts.get("overview.sync.backfill", age, format.count(lag.waiting()));
        }
        return texts.get("overview.sync.done", age);
    }
}
