package express.polaris.attention;

import express.polaris.billing.cost.DisputePrices;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionTrait;
import express.polaris.sessions.statistics.Accounting;
import express.polaris.sessions.statistics.SessionConcerns;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Findings about the energy of sessions: sums that differ, and energy that an operator has to decide. */
@Component
class EnergyFindings implements FindingSource {

    private final SessionService sessions;
    private final SessionConcerns concerns;
    private final Accounting accounting;
    private final DisputePrices disputePrices;

    EnergyFindings(
            SessionService sessions, SessionConcerns concerns, Accounting accounting, DisputePrices disputePrices) {
        this.sessions = sessions;
        this.concerns = concerns;
        this.accounting = accounting;
        this.disputePrices = disputePrices;
    }

    @Override
    public List<AttentionItem> find(Instant now) {
        var items = new ArrayList<AttentionItem>();
        differences(items);
        disputes(items);
        jumps(items);
        return items;
    }

    private void differences(List<AttentionItem> items) {
        accounting
                .known()
                .ifPresent(statement -> statement
                        .different()
                        .forEach(session -> items.add(AttentionItem.about(
                                session,
                                Optional.of(statement.drawnUpAt()),
                                new Finding.AccountingDifference(session),
                                Optional.empty()))));
    }

    private void disputes(List<AttentionItem> items) {
        var disputed = sessions.list(
                        SessionFilter.all().withTrait(Optional.of(SessionTrait.DISPUTED)),
                        Optional.empty(),
                        MOST_OF_A_KIND + 1)
                .sessions();
        var prices = disputePrices.of(disputed);
        for (var session : disputed) {
            var difference = session.steveEnergy()
                    .orElse(Energy.ZERO)
                    .minus(session.energies().measured().orElse(Energy.ZERO));
            items.add(AttentionItem.about(
                    session.id(),
                    session.endedAt(),
                    new Finding.DisputedEnergy(
                            session.id(),
                            session.isHeldForDecision(),
                            difference.isNegative() ? difference.negated() : difference,
                            Optional.ofNullable(prices.get(session.id()))),
                    Optional.empty()));
        }
    }

    private void jumps(List<AttentionItem> items) {
        for (var jump : concerns.jumps(MOST_OF_A_KIND + 1)) {
            items.add(AttentionItem.about(
                    jump.session(),
                    Optional.of(jump.since()),
                    new Finding.ImplausibleEnergy(jump.session(), jump.rise()),
                    Optional.empty()));
        }
    }
}
