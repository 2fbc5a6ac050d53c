package express.polaris.console.people;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.PersonDirectory;
import express.polaris.accounts.PersonDirectory.Person;
import express.polaris.billing.statements.StatementService;
import express.polaris.messages.notifications.Invitations;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.ownership.SessionOwnership;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Builds the page of an account. */
@Component
class DriverPageBuilder {

    private static final int SESSIONS = 8;
    private static final int STATEMENTS = 3;

    private final PersonDirectory people;
    private final CardService cards;
    private final SessionOwnership ownership;
    private final SessionService sessions;
    private final ChargerService chargers;
    private final StatementService statements;
    private final Invitations invitations;
    private final LinkedIdentityReader linked;
    private final Clock clock;

    DriverPageBuilder(
            PersonDirectory people,
            CardService cards,
            SessionOwnership ownership,
            SessionService sessions,
            ChargerService chargers,
            StatementService statements,
            Invitations invitations,
            LinkedIdentityReader linked,
            Clock clock) {
        this.people = people;
        this.cards = cards;
        this.ownership = ownership;
        this.sessions = sessions;
        this.chargers = chargers;
        this.statements = statements;
        this.invitations = invitations;
        this.linked = linked;
        this.clock = clock;
    }

    /**
     * @throws NotFound if there is no such account
     */
    Person person(long id) {
        return people.find(new AccountId(id)).orElseThrow(NotFound::new);
    }

    DriverPage page(Shell shell, Person person, Account operator) {
        return page(shell, person, operator, person.account().name(), FieldFaults.NONE);
    }

    /**
     * @param name the name as typed
     */
    DriverPage page(Shell shell, Person person, Account operator, String name, FieldFaults faults) {
        var account = person.account();
        return new DriverPage(
                shell,
                person,
                LocaleForm.of(account.locale(), account.timeZone()),
                name,
                cardsOf(account.id()),
                sessionsOf(account.id()),
                statements.page(account.id(), Optional.empty(), STATEMENTS),
                new DriverPage.May(
                        invitations.isPossible(), account.id().equals(operator.id()), linked.of(account.id())),
                faults);
    }

    private List<DriverPage.Card> cardsOf(AccountId driver) {
        var now = clock.instant();
        var all = cards.ofDriver(driver);
        var attached = ownership.attachedTo(all.stream().map(EvCard::id).toList());
        return all.stream()
                .map(card -> new DriverPage.Card(card, card.stateAt(now), attached.getOrDefault(card.id(), 0)))
                .toList();
    }

    private List<DriverPage.Session> sessionsOf(AccountId driver) {
        return sessions.list(SessionFilter.of(driver), Optional.empty(), SESSIONS).sessions().stream()
                .map(this::session)
                .toList();
    }

    private DriverPage.Session session(ChargingSession session) {
        return new DriverPage.Session(
                session.id().value(),
                session.startedAt(),
                nameOf(session.chargeBoxId()),
                session.energy(),
                session.status());
    }

    private String nameOf(ChargeBoxId box) {
        return chargers.find(box).map(Charger::name).orElse(box.value());
    }
}
