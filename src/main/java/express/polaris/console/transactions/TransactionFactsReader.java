package express.polaris.console.transactions;

import express.polaris.accounts.AccountService;
import express.polaris.console.PersonLink;
import express.polaris.metering.MeterStop;
import express.polaris.sessions.ChargingSession;
import express.polaris.stations.cards.CardLabel;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who charged where, when and how much, with the names of the driver, the card and the charger. */
@Component
class TransactionFactsReader {

    private final AccountService accounts;
    private final CardService cards;
    private final ChargerService chargers;
    private final Clock clock;

    TransactionFactsReader(AccountService accounts, CardService cards, ChargerService chargers, Clock clock) {
        this.accounts = accounts;
        this.cards = cards;
        this.chargers = chargers;
        this.clock = clock;
    }

    TransactionPage.Facts of(ChargingSession session) {
        return new TransactionPage.Facts(
                session.driver().flatMap(accounts::find).map(PersonLink::of),
                session.driver()
                        .flatMap(driver -> session.card().flatMap(card -> cards.label(driver, card)))
                        .map(CardLabel::label),
                session.idTag().value(),
                session.chargeBoxId().value(),
                name(session),
                session.connectorId(),
                session.startedAt(),
                session.stop().map(MeterStop::at),
                session.stop().flatMap(MeterStop::reason),
                session.stop().flatMap(MeterStop::actor),
                session.startValue(),
                session.stop().flatMap(MeterStop::value),
                session.energy(),
                session.duration(clock.instant()),
                session.shownAveragePower(clock.instant()));
    }

    /** The charger's name; empty if it has no other than its charge box id. */
    private Optional<String> name(ChargingSession session) {
        return chargers.find(session.chargeBoxId())
                .map(Charger::name)
                .filter(name ->
                        !name.isBlank() && !name.equals(session.chargeBoxId().value()));
    }
}
