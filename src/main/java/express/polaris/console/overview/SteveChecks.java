package express.polaris.console.overview;

import express.polaris.console.overview.HealthPage.Check;
import express.polaris.console.overview.HealthPage.State;
import express.polaris.console.sync.SyncWords;
import express.polaris.steve.SteveHealth;
import express.polaris.steve.SteveProbe;
import express.polaris.sync.SyncConcerns;
import express.polaris.web.views.FaultWords;
import express.polaris.web.views.SteveWords;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Checks SteVe, with a call of its own, and sync. */
@Component
class SteveChecks {

    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final SteveProbe probe;
    private final SteveHealth steve;
    private final SyncConcerns sync;

    SteveChecks(SteveProbe probe, SteveHealth steve, SyncConcerns sync) {
        this.probe = probe;
        this.steve = steve;
        this.sync = sync;
    }

    Check steve(HealthWords words) {
        long start = System.nanoTime();
        return switch (probe.glance(WITHIN)) {
            case SteveProbe.Glance.Answers() -> {
                var took = Duration.ofNanos(System.nanoTime() - start);
                boolean slow = took.compareTo(SLOW) > 0;
                yield words.check(
                        "steve",
                        "charger",
                        slow ? State.WARNING : State.GOOD,
                        words.get("steve.answers", took.toMillis()),
                        slow ? words.get("steve.slow") : "");
            }
            case SteveProbe.Glance.Fails(var symptom, var evidence) -> {
                var why = new SteveWords(words.texts()).problem(symptom);
                var advice = new SteveWords(words.texts()).advice(symptom);
                yield words.check("steve", "charger", State.BAD, failure(words, why), advice)
                        .withEvidence(evidence);
            }
        };
    }

    private String failure(HealthWords words, String why) {
        var contact = sync.contact();
        var answeredAt = steve.state().answeredAt().or(contact::reachedAt);
        if (answeredAt.isPresent()) {
            return words.get("steve.failsSince", why, words.format().dateTime(answeredAt.get()));
        }
        return contact.triedSince()
                .map(since -> words.get("steve.never", why, words.format().dateTime(since)))
                .orElseGet(() -> words.get("steve.fails", why));
    }

    Check sync(HealthWords words, Instant now) {
        var lag = sync.lag(now);
        var message = new SyncWords(words.texts(), words.format()).sync(lag, now);
        if (lag.leaderUntil().filter(now::isBefore).isEmpty()) {
            return words.check("sync", "sync", State.BAD, message, words.get("sync.noLeader"));
        }
        if (lag.stopped().isPresent()) {
            return words.check("sync", "sync", State.WARNING, message, words.get("sync.stopped"));
        }
        if (lag.ownPause().isPresent()) {
            var why = new FaultWords(words.texts(), words.format())
                    .of(lag.ownPause().get());
            return words.check("sync", "sync", State.BAD, message, why);
        }
        if (lag.discoveredAt().isEmpty()) {
            return words.check("sync", "sync", State.UNCHECKED, message, words.get("sync.never"));
        }
        boolean late = SyncWords.isLate(lag, now);
        return words.check(
                "sync", "sync", late ? State.WARNING : State.GOOD, message, late ? words.get("sync.advice") : "");
    }
}
