package express.polaris.console.transactions;

import express.polaris.accounts.AccountService;
import express.polaris.billing.cost.DisputePrices;
import express.polaris.console.PersonLink;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.metering.Dispute;
import express.polaris.metering.MeterEvent;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.events.EnergyDecisionService;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Builds the comparison of a session's two energies. */
@Component
class EnergyViewBuilder {

    private final EnergyDecisionService decisions;
    private final DisputePrices prices;
    private final AccountService accounts;

    EnergyViewBuilder(EnergyDecisionService decisions, DisputePrices prices, AccountService accounts) {
        this.decisions = decisions;
        this.prices = prices;
        this.accounts = accounts;
    }

    /**
     * @param events events from {@link DisputeEvidence}
     */
    EnergyView of(ChargingSession session, List<MeterEvent> events, Texts texts, Format format) {
        var dispute = session.energies().dispute();
        return new EnergyView(
                session.energy(),
                session.steveEnergy(),
                session.energies().measured(),
                dispute,
                dispute.flatMap((Dispute there) ->
                        Optional.ofNullable(prices.of(List.of(session)).get(session.id()))),
                dispute.isPresent() ? new DisputeReasons(session, events, texts, format).words() : List.of(),
                decisions.history(session.id()).stream()
                        .map(decision -> new EnergyView.Decided(
                                decision.use(),
                                decision.energy(),
                                decision.reason(),
                                decision.decidedAt(),
                                accounts.find(decision.decidedBy()).map(PersonLink::of)))
                        .toList(),
                !session.isLive(),
                session.hasJump());
    }
}
