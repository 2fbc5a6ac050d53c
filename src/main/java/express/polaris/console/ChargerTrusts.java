package express.polaris.console;

import express.polaris.accounts.AccountId;
import express.polaris.chargers.ChargeBoxId;
import express.polaris.sessions.EnergyDecisions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Operators' words that SteVe's number counts at a charger, whatever is measured. */
@Component
class ChargerTrusts {

    private final EnergyDecisions decisions;
    private final TransactionStories stories;

    ChargerTrusts(EnergyDecisions decisions, TransactionStories stories) {
        this.decisions = decisions;
        this.stories = stories;
    }

    Optional<ChargerEditPage.Trust> of(ChargeBoxId charger) {
        return decisions
                .trustIn(charger)
                .map(trust -> new ChargerEditPage.Trust(
                        trust.reason(),
                        stories.person(Optional.of(trust.decidedBy())).map(TransactionListPage.Person::name),
                        trust.decidedAt()));
    }

    void end(AccountId operator, ChargeBoxId charger) {
        decisions.distrust(operator, charger);
    }
}
