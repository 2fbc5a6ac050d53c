package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.stations.chargers.ChargeBoxId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Operators' decisions that SteVe's energy counts at a charger, whatever was measured. */
@Component
class ChargerTrusts {

    private final EnergyDecisionService decisions;
    private final AccountService accounts;

    ChargerTrusts(EnergyDecisionService decisions, AccountService accounts) {
        this.decisions = decisions;
        this.accounts = accounts;
    }

    Optional<ChargerEditPage.Trust> of(ChargeBoxId charger) {
        return decisions
                .trustIn(charger)
                .map(trust -> new ChargerEditPage.Trust(
                        trust.reason(), accounts.find(trust.decidedBy()).map(Account::name), trust.decidedAt()));
    }

    void end(AccountId operator, ChargeBoxId charger) {
        decisions.distrust(operator, charger);
    }
}
