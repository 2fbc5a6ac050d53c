package express.polaris.console;

import express.polaris.accounts.People.Person;
import express.polaris.cards.CardState;
import express.polaris.cards.EvCard;
import express.polaris.sessions.SessionStatus;
import express.polaris.units.Energy;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The page of one person, {@code /operator/drivers/{id}}.
 *
 * @param may what can be done with this account
 * @param faults in words, by field
 */
public record DriverPage(
        Shell shell,
        Person person,
        LocaleForm choices,
        String name,
        List<Card> cards,
        List<Session> sessions,
        May may,
        FieldFaults faults) {

    /** @param attached how many sessions belong to it */
    public record Card(EvCard card, CardState state, int attached) {}

    /** One of the last sessions. */
    public record Session(long id, Instant startedAt, String charger, Energy energy, SessionStatus status) {}

    /**
     * What can be done.
     *
     * @param mail whether mails can be sent
     * @param self whether it is the operator's own account
     */
    public record May(boolean mail, boolean self) {}

    public Optional<String> fault(String field) {
        return faults.at(field);
    }

    public List<Card> openCards() {
        return cards.stream().filter(card -> card.state() != CardState.ENDED).toList();
    }

    public String href() {
        return "/operator/drivers/" + person.account().id();
    }
}
