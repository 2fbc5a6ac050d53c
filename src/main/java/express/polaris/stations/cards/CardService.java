package express.polaris.stations.cards;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.accounts.AccountId;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** EV cards: the idTag history, and what a driver may do with their own cards. */
@Service
public class CardService {

    /** Maximum age of a cached card that another node has changed. */
    private static final Duration KEPT_FOR = Duration.ofSeconds(2);

    private static final int KEPT = 2_000;
    private static final String NO_LABEL = "–";

    private record OwnCard(AccountId driver, EvCardId id) {}

    private final CardRepository cards;
    private final Clock clock;
    private final Cache<OwnCard, Optional<EvCard>> kept =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(KEPT_FOR).build();

    CardService(CardRepository cards, Clock clock) {
        this.cards = cards;
        this.clock = clock;
    }

    /**
     * Owner of the idTag at that instant.
     *
     * <p>Call it in the transaction that stores the session. Until that transaction ends, ownerships of the idTag
     * cannot change, so a link cannot miss the session and no ownership can be cut to end before the session starts.
     */
    public Optional<EvCard> ownerAt(IdTag idTag, Instant instant) {
        cards.lockForReading(List.of(idTag));
        return cards.ownerAt(idTag, instant.truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Blocks changes to the ownerships of these idTags until the transaction ends. Called before sessions are locked
     * and the owners of several idTags are looked up.
     */
    public void hold(Collection<IdTag> idTags) {
        cards.lockForReading(idTags);
    }

    /** All cards that are or were the driver's: those that have not ended first, then by start, latest first. */
    public List<EvCard> ofDriver(AccountId driver) {
        return cards.ofDriver(driver, now());
    }

    /** The driver's card, open or ended. */
    public Optional<EvCard> ofDriver(AccountId driver, EvCardId id) {
        return cards.find(driver, id);
    }

    /** Label and colour of the driver's card; up to two seconds out of date when another node changed it. */
    public Optional<CardLabel> label(AccountId driver, EvCardId id) {
        return recent(driver, id).map(card -> new CardLabel(card.label(), card.colour()));
    }

    /**
     * Whether to offer commands for a session of this card. Predicts {@link #openCard}; up to two seconds out of date.
     */
    public boolean seemsOpen(AccountId driver, EvCardId id) {
        return recent(driver, id).filter(card -> card.isOpenAt(now())).isPresent();
    }

    private Optional<EvCard> recent(AccountId driver, EvCardId id) {
        return kept.get(new OwnCard(driver, id), own -> cards.find(own.driver(), own.id()));
    }

    /** The driver's card if the ownership is open, which commands require; it may be reported lost. */
    public Optional<EvCard> openCard(AccountId driver, EvCardId id) {
        return cards.findOpen(driver, id, now());
    }

    /** For operators. */
    public Optional<EvCard> find(EvCardId id) {
        return cards.find(id);
    }

    /** For operators: all ownerships of the idTag, latest first. */
    public List<EvCard> ofIdTag(IdTag idTag) {
        return cards.ofIdTag(idTag);
    }

    /** For operators: the latest ownership of every idTag that was ever linked, open or ended. */
    public List<EvCard> latest() {
        return cards.latest();
    }

    /** For operators: number of open cards per driver; leaves out drivers without any. */
    public Map<AccountId, Integer> openCounts(Collection<AccountId> drivers) {
        return cards.openCounts(drivers, now());
    }

    /**
     * For operators: page of cards, newest link first; new links do not shift the pages.
     *
     * @param limit at least 1
     * @param after {@link CardSlice#next()} of the previous page
     */
    public CardSlice page(CardFilter filter, int limit, Optional<EvCardId> after) {
        var found = cards.page(filter, limit + 1, after, now());
        if (found.size() <= limit) {
            return new CardSlice(found, Optional.empty());
        }
        var items = found.subList(0, limit);
        return new CardSlice(items, Optional.of(items.getLast().id()));
    }

    /**
     * Changes the label or colour of the driver's card; needs an ownership that is active now.
     *
     * @throws NotFound if there is no such card, or it is not the driver's now; callers cannot tell these apart
     * @throws InvalidInput with all faults
     */
    public EvCard describe(AccountId driver, EvCardId id, Optional<String> label, Optional<String> colour) {
        var now = now();
        if (cards.findOpen(driver, id, now).isEmpty()) {
            throw new NotFound();
        }
        var look = CardLook.of(label, colour);
        new FaultCollector().addAll(look.faults()).throwIfAny();
        if (!cards.describe(driver, id, look.label(), look.colour(), now)) {
            throw new NotFound();
        }
        kept.invalidate(new OwnCard(driver, id));
        return cards.find(driver, id).orElseThrow(NotFound::new);
    }

    /** Erases the driver's labels of all their cards, ended ones included, as part of erasing the person. */
    public void forgetLabels(AccountId driver) {
        cards.forgetLabels(driver, NO_LABEL);
        kept.asMap().keySet().removeIf(own -> own.driver().equals(driver));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
