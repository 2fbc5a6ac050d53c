package express.polaris.attention;

import express.polaris.billing.BillingConcerns;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.StuckCause;
import express.polaris.sessions.statistics.SessionConcerns;
import express.polaris.sessions.statistics.SessionConcerns.Unclosed;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Findings about the course of sessions: stuck, unclosed, vanished, with a wrong clock. */
@Component
class SessionFindings implements FindingSource {

    /** How long a finding that cannot be resolved is listed, unless an operator marks it as seen. */
    private static final Duration NEWS = Duration.ofDays(90);

    private static final Duration UNTIL_CLOSED = Duration.ofMinutes(10);

    private final SessionService sessions;
    private final SessionConcerns concerns;
    private final ChargerService chargers;
    private final BillingConcerns billing;

    SessionFindings(
            SessionService sessions, SessionConcerns concerns, ChargerService chargers, BillingConcerns billing) {
        this.sessions = sessions;
        this.concerns = concerns;
        this.chargers = chargers;
        this.billing = billing;
    }

    @Override
    public List<AttentionItem> find(Instant now) {
        var items = new ArrayList<AttentionItem>();
        stuck(items);
        unclosed(now, items);
        vanished(now, items);
        wrongClocks(now, items);
        return items;
    }

    private void stuck(List<AttentionItem> items) {
        var stuck = sessions.list(
                        SessionFilter.all().withStuck(Optional.of(true)), Optional.empty(), MOST_OF_A_KIND + 1)
                .sessions();
        var causes = stuck.isEmpty()
                ? Map.<SessionId, StuckCause>of()
                : sessions.stuck(stuck.stream().map(ChargingSession::id).toList());
        for (var session : stuck) {
            Optional.ofNullable(causes.get(session.id()))
                    .ifPresent(cause -> items.add(AttentionItem.about(
                            session.id(),
                            session.meter().lastReadingAt().or(() -> Optional.of(session.startedAt())),
                            new Finding.StuckSession(session.id(), charger(session), cause),
                            Optional.empty())));
        }
    }

    private String charger(ChargingSession session) {
        return chargers.find(session.chargeBoxId())
                .map(Charger::name)
                .orElseGet(() -> session.chargeBoxId().value());
    }

    private void unclosed(Instant now, List<AttentionItem> items) {
        var found = concerns.unclosed(now.minus(UNTIL_CLOSED), MOST_OF_A_KIND + 1);
        var withFees = found.isEmpty()
                ? Set.<SessionId>of()
                : billing.withFees(found.stream().map(Unclosed::session).toList());
        for (var unclosed : found) {
            items.add(AttentionItem.about(
                    unclosed.session(),
                    Optional.of(unclosed.closedAt()),
                    new Finding.AwaitingFinalReading(
                            unclosed.session(), unclosed.fault(), withFees.contains(unclosed.session())),
                    Optional.empty()));
        }
    }

    private void vanished(Instant now, List<AttentionItem> items) {
        for (var vanished : concerns.vanished(now.minus(NEWS), MOST_SEEN)) {
            items.add(AttentionItem.about(
                    vanished.session(),
                    Optional.of(vanished.at()),
                    new Finding.VanishedTransaction(vanished.session(), vanished.energy()),
                    Optional.of(vanished.at().toString())));
        }
    }

    private void wrongClocks(Instant now, List<AttentionItem> items) {
        for (var wrong : concerns.wrongClocks(now.minus(NEWS), MOST_SEEN)) {
            items.add(AttentionItem.about(
                    wrong.session(),
                    Optional.of(wrong.firstSeenAt()),
                    new Finding.WrongClock(wrong.session(), wrong.startedAt(), wrong.steveStartedAt()),
                    Optional.of("1")));
        }
    }
}
