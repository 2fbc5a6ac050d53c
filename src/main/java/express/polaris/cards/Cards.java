package express.polaris.cards;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.accounts.AccountId;
import express.polaris.problems.Faults;
import express.polaris.problems.InvalidInput;
import express.polaris.problems.NotFound;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The EV cards: who owned an idTag when, and what a driver may do with his own. */
@Service
public class Cards {

    /** How long another node's change may stay unseen here. */
    private static final Duration KEPT_FOR = Duration.ofSeconds(2);

    private static final int KEPT = 2_000;
    private static final String NO_LABEL = "–";

    private record OwnCard(AccountId driver, EvCardId id) {}

    private final CardRepository cards;
    private final Clock clock;
    private final Cache<OwnCard, Optional<EvCard>> kept =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(KEPT_FOR).build();

    Cards(CardRepository cards, Clock clock) {
        this.cards = cards;
        this.clock = clock;
    }

    /**
     * Whose idTag it was at that instant.
     *
     * <p>Call it in the transaction that stores the session: until that ends, no ownership of the idTag changes, so that
     * neither an attached session is missed nor an ownership cut short before its start.
     */
    public Optional<EvCard> ownerAt(IdTag idTag, Instant instant) {
        cards.lockForReading(List.of(idTag));
        return cards.ownerAt(idTag, instant.truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Holds off changes to the ownerships of these idTags until the transaction ends. Called before sessions are locked
     * and owners of several idTags looked up.
     */
    public void hold(Collection<IdTag> idTags) {
        cards.lockForReading(idTags);
    }

    /** All that are or were the driver's: open ones first, then the last linked first. */
    public List<EvCard> ofDriver(AccountId driver) {
        return cards.ofDriver(driver, now());
    }

    /** The driver's card, open or ended. */
    public Optional<EvCard> ofDriver(AccountId driver, EvCardId id) {
        return cards.find(driver, id);
    }

    /** How the driver's card is shown, or was at most two seconds ago if another node changed it. */
    public Optional<CardLabel> label(AccountId driver, EvCardId id) {
        return recent(driver, id).map(card -> new CardLabel(card.label(), card.colour()));
    }

    /**
     * Whether commands may be offered for what the card charges, as {@link #openCard} will judge them; at most two seconds
     * old.
     */
    public boolean seemsOpen(AccountId driver, EvCardId id) {
        return recent(driver, id).filter(card -> card.isOpenAt(now())).isPresent();
    }

    private Optional<EvCard> recent(AccountId driver, EvCardId id) {
        return kept.get(new OwnCard(driver, id), own -> cards.find(own.driver(), own.id()));
    }

    /** The driver's card if the ownership is open now, as commands need it; it may be lost. */
    public Optional<EvCard> openCard(AccountId driver, EvCardId id) {
        return cards.findOpen(driver, id, now());
    }

    /** For operators. */
    public Optional<EvCard> find(EvCardId id) {
        return cards.find(id);
    }

    /** For operators: all ownerships of the idTag, the last first. */
    public List<EvCard> ofIdTag(IdTag idTag) {
        return cards.ofIdTag(idTag);
    }

    /** For operators: the last ownership of every idTag that was ever linked, open or ended. */
    public List<EvCard> latest() {
        return cards.latest();
    }

    /** For operators: how many cards each of these drivers has now; drivers without any are left out. */
    public Map<AccountId, Integer> openCounts(Collection<AccountId> drivers) {
        return cards.openCounts(drivers, now());
    }

    /**
     * For operators; stable while cards are linked.
     *
     * @param limit at least 1
     * @param after the {@link CardPage#next()} of the page before
     */
    public CardPage page(CardFilter filter, int limit, Optional<EvCardId> after) {
        var found = cards.page(filter, limit + 1, after, now());
        if (found.size() <= limit) {
            return new CardPage(found, Optional.empty());
        }
        var items = found.subList(0, limit);
        return new CardPage(items, Optional.of(items.getLast().id()));
    }

    /**
     * Gives the driver's card another label or colour; needs an ownership that is open now.
     *
     * @throws NotFound for no such card, somebody else's, or one that is no longer the driver's: all the same
     * @throws InvalidInput naming every fault
     */
    public EvCard describe(AccountId driver, EvCardId id, Optional<String> label, Optional<String> colour) {
        var now = now();
        if (cards.findOpen(driver, id, now).isEmpty()) {
            throw new NotFound();
        }
        var look = CardLook.of(label, colour);
        new Faults().addAll(look.faults()).throwIfAny();
        if (!cards.describe(driver, id, look.label(), look.colour(), now)) {
            throw new NotFound();
        }
        kept.invalidate(new OwnCard(driver, id));
        return cards.find(driver, id).orElseThrow(NotFound::new);
    }

    /** Takes away what the driver called the cards, the ended ones too: the person is forgotten. */
    public void forgetLabels(AccountId driver) {
        cards.forgetLabels(driver, NO_LABEL);
        kept.asMap().keySet().removeIf(own -> own.driver().equals(driver));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
