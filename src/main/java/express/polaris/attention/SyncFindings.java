package express.polaris.attention;

import express.polaris.sync.SyncConcerns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Findings about sync: that SteVe was never reached, its pauses, its errors, and reused ids. */
@Component
class SyncFindings implements FindingSource {

    private static final Duration ERRORS = Duration.ofDays(1);

    private final SyncConcerns sync;

    SyncFindings(SyncConcerns sync) {
        this.sync = sync;
    }

    @Override
    public List<AttentionItem> find(Instant now) {
        var items = new ArrayList<AttentionItem>();
        pauses(now, items);
        var contact = sync.contact();
        var unreached = contact.fault()
                .filter(fault -> contact.isMissing() && fault.symptom().isPresent());
        unreached.ifPresent(fault -> items.add(new AttentionItem(
                "", 1, contact.triedSince(), new Finding.SteveNeverReached(fault), Optional.empty())));
        if (unreached.isEmpty()) {
            errors(now, items);
        }
        reusedIds(items);
        return items;
    }

    private void pauses(Instant now, List<AttentionItem> items) {
        var lag = sync.lag(now);
        lag.ownPause()
                .ifPresent(fault -> items.add(
                        new AttentionItem("", 1, Optional.empty(), new Finding.SyncPaused(fault), Optional.empty())));
        lag.stopped()
                .ifPresent(stop -> items.add(new AttentionItem(
                        "", 1, Optional.of(stop.since()), new Finding.SyncStopped(stop.why()), Optional.empty())));
    }

    private void errors(Instant now, List<AttentionItem> items) {
        for (var error : sync.failing(now.minus(ERRORS), MOST_SEEN)) {
            var subject = error.outage()
                    ? "steve-away"
                    : error.transaction()
                            .map(String::valueOf)
                            .orElseGet(() -> "sync-" + error.fault().fingerprint());
            var finding = error.outage()
                    ? new Finding.SteveAway(error.waiting(), error.fault(), error.run())
                    : new Finding.SyncError(error.transaction(), error.fault(), error.run());
            items.add(new AttentionItem(
                    subject, error.times(), Optional.of(error.first()), finding, Optional.of(error.version())));
        }
    }

    private void reusedIds(List<AttentionItem> items) {
        for (var reused : sync.reusedIds(MOST_SEEN)) {
            items.add(AttentionItem.about(
                    reused.session(),
                    Optional.empty(),
                    new Finding.ReusedId(reused.session(), reused.fault()),
                    Optional.of(reused.fault().fingerprint())));
        }
    }
}
