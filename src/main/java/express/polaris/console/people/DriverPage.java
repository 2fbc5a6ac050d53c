package express.polaris.console.people;

import express.polaris.accounts.PersonDirectory.Person;
import express.polaris.billing.statements.Statement;
import express.polaris.sessions.SessionStatus;
import express.polaris.stations.cards.CardState;
import express.polaris.stations.cards.EvCard;
import express.polaris.units.Energy;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/drivers/{id}}.
 *
 * @param statements latest employer statements, without lines
 * @param may actions available for this account
 * @param faults messages by field
 */
public record DriverPage(
        Shell shell,
        Person person,
        LocaleForm choices,
        String name,
        List<Card> cards,
        List<Session> sessions,
        List<Statement> statements,
        May may,
        FieldFaults faults) {

    /**
     * @param attached number of sessions that belong to the card
     */
    public record Card(EvCard card, CardState state, int attached) {}

    /** Recent session. */
    public record Session(long id, Instant startedAt, String charger, Energy energy, SessionStatus status) {}

    /**
     * Conditions of the available actions.
     *
     * @param mail whether the installation sends mail
     * @param self whether it is the operator's own account
     * @param linked identity at the issuer of single sign-on, which can be unlinked
     */
    public record May(boolean mail, boolean self, Optional<Linked> linked) {}

    /**
     * Identity at the issuer of single sign-on.
     *
     * @param name the issuer's name; empty for a text in the reader's language
     * @param issuer the issuer's address
     * @param givesRole whether a group there makes the account an operator
     */
    public record Linked(
            Optional<String> name, String issuer, Instant linkedAt, Instant confirmedAt, boolean givesRole) {}

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
