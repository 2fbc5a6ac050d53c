package express.polaris.cards;

import express.polaris.accounts.AccountId;
import express.polaris.cards.CardOutcome.Conflict;
import express.polaris.cards.CardOutcome.Done;
import express.polaris.cards.CardOutcome.Invalid;
import express.polaris.cards.CardOutcome.NotFound;
import express.polaris.cards.CardOutcome.Why;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What operators do with ownerships: link, unlink, transfer, and what each would do. Each is one transaction together with the sessions that it
 * attaches; called within a transaction it becomes a part of that one, and a refusal leaves the rest of it alone. Safe on
 * several nodes: the exclusion constraint decides who was first.
 */
@Service
public class CardLinks {

    private static final Duration BEFORE_NOW = Duration.ofHours(1);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final CardRepository cards;
    private final SessionHistory history;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CardLinks(CardRepository cards, SessionHistory history, PlatformTransactionManager transactions, Clock clock) {
        this.cards = cards;
        this.history = history;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
    }

    /** What would be wrong with a link, so that it can be told together with other faults. */
    public List<CardFault> faults(Optional<String> label, Optional<Instant> from) {
        var faults = new ArrayList<>(CardLook.of(label, Optional.empty()).faults());
        checkStart(from, now(), faults);
        return faults;
    }

    /**
     * Gives the idTag to a driver, and to the card the sessions without an owner that started since {@code from}.
     *
     * @param label empty = the masked idTag
     * @param from empty = one hour ago, or when the idTag became free if that is later
     */
    public CardOutcome link(IdTag idTag, AccountId driver, Optional<String> label, Optional<Instant> from) {
        var now = now();
        var look = CardLook.of(label, Optional.empty());
        var faults = faults(label, from);
        if (!faults.isEmpty()) {
            return new Invalid(faults);
        }
        return decide(idTag, driver, from.orElse(now), () -> {
            var start = from.map(CardLinks::stored).orElseGet(() -> defaultStart(idTag, now));
            return linked(idTag, driver, start, look.label(), now);
        });
    }

    /**
     * Ends the ownership.
     *
     * @param until empty = now; may lie ahead, and may be moved while it does
     */
    public CardOutcome unlink(EvCardId id, Optional<Instant> until) {
        var now = now();
        var end = until.map(CardLinks::stored).orElse(now);
        if (end.isBefore(EARLIEST) || end.isAfter(LATEST)) {
            return new Invalid(List.of(new CardFault(
                    "until", "The end must lie between " + EARLIEST + " and " + LATEST + ", not at " + end)));
        }
        return withCard(id, card -> {
            if (card.until().equals(Optional.of(end))) {
                return new Done(card, 0);
            }
            var refusal = whyNotEnd(card, end, now);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            cards.end(id, end);
            return new Done(cards.find(id).orElseThrow(), 0);
        });
    }

    /**
     * Ends the ownership and starts the other driver's at the same instant. The label does not go with it.
     *
     * @param from empty = now
     */
    public CardOutcome transfer(EvCardId id, AccountId driver, Optional<Instant> from) {
        var now = now();
        var faults = new ArrayList<CardFault>();
        checkStart(from, now, faults);
        if (!faults.isEmpty()) {
            return new Invalid(faults);
        }
        var start = from.map(CardLinks::stored).orElse(now);
        return withCard(id, card -> {
            if (card.driver().equals(driver)) {
                return conflict(
                        Why.THEIRS_ALREADY,
                        "Card " + id.value() + " belongs to driver " + driver.value() + " already",
                        card,
                        Optional.empty());
            }
            var refusal = whyNotEnd(card, start, now);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            return decide(card.idTag(), driver, start, () -> {
                cards.end(id, start);
                return linked(card.idTag(), driver, start, Optional.empty(), now);
            });
        });
    }

    /**
     * Lets nobody else change the ownerships of these cards' idTags until the transaction ends. Called before several of
     * them are unlinked in one.
     */
    public void hold(Collection<EvCard> several) {
        cards.lockForChange(several.stream().map(EvCard::idTag).toList());
    }

    /** What {@link #link} would do. */
    public CardPreview previewLink(IdTag idTag, AccountId driver, Optional<String> label, Optional<Instant> from) {
        return preview(Optional.empty(), () -> link(idTag, driver, label, from));
    }

    /** What {@link #unlink} would do. */
    public CardPreview previewUnlink(EvCardId id, Optional<Instant> until) {
        return preview(Optional.of(id), () -> unlink(id, until));
    }

    /** What {@link #transfer} would do. */
    public CardPreview previewTransfer(EvCardId id, AccountId driver, Optional<Instant> from) {
        return preview(Optional.of(id), () -> transfer(id, driver, from));
    }

    /** Does it and takes it back, so that a preview knows no rules of its own. */
    private CardPreview preview(Optional<EvCardId> ending, Supplier<CardOutcome> change) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var outcome = change.get();
            CardPreview preview = outcome instanceof Done(EvCard card, int attached)
                    ? new CardPreview.Possible(
                            card,
                            attached == 0 ? CardSessions.NONE : history.sessionsOf(card.id()),
                            ending.map(history::sessionsOf).orElse(CardSessions.NONE))
                    : new CardPreview.Refused(outcome);
            status.setRollbackOnly();
            return preview;
        }));
    }

    private Done linked(IdTag idTag, AccountId driver, Instant from, Optional<String> label, Instant now) {
        var id = cards.insert(idTag, driver, from, label.orElse(idTag.masked()), CardLook.COLOUR_OF_A_NEW_CARD, now);
        var card = cards.find(id).orElseThrow();
        return new Done(card, history.attachUnowned(card));
    }

    private Instant defaultStart(IdTag idTag, Instant now) {
        var anHourAgo = now.minus(BEFORE_NOW);
        return cards.freeSince(idTag, now).filter(anHourAgo::isBefore).orElse(anHourAgo);
    }

    private Optional<Conflict> whyNotEnd(EvCard card, Instant end, Instant now) {
        var which = "Card " + card.id().value();
        if (card.stateAt(now) == CardState.ENDED) {
            return Optional.of(conflict(
                    Why.ENDED,
                    which + " ended already at " + card.until().orElseThrow() + "; link the idTag anew",
                    card,
                    card.until()));
        }
        if (end.isBefore(card.from())) {
            return Optional.of(conflict(
                    Why.BEFORE_ITS_START,
                    which + " belongs to driver " + card.driver().value() + " only since " + card.from()
                            + "; it cannot end before that, at " + end,
                    card,
                    Optional.of(card.from())));
        }
        return history.latestOwnedStart(card.id())
                .filter(start -> !start.isBefore(end))
                .map(start -> conflict(
                        Why.SESSION_AFTER,
                        which + " cannot end at " + end + ": a session of driver "
                                + card.driver().value() + " started with it at " + start + "; choose a later instant",
                        card,
                        Optional.of(start)));
    }

    private static Conflict conflict(Why why, String message, EvCard card, Optional<Instant> at) {
        return new Conflict(why, message, Optional.of(card), at);
    }

    private static void checkStart(Optional<Instant> from, Instant now, List<CardFault> faults) {
        from.filter(start -> start.isAfter(now) || start.isBefore(EARLIEST))
                .ifPresent(start -> faults.add(new CardFault(
                        "from", "The start must lie between " + EARLIEST + " and now (" + now + "), not at " + start)));
    }

    /** Runs a change to a card that exists, alone on its idTag. */
    private CardOutcome withCard(EvCardId id, Function<EvCard, CardOutcome> change) {
        return run(() -> {
            var before = cards.find(id);
            if (before.isEmpty()) {
                return new NotFound();
            }
            cards.lockForChange(List.of(before.get().idTag()));
            return change.apply(cards.find(id).orElseThrow());
        });
    }

    /** Runs a change that gives the idTag to a driver, and puts a refusal of the database into words. */
    private CardOutcome decide(IdTag idTag, AccountId driver, Instant from, Supplier<CardOutcome> change) {
        try {
            return run(() -> {
                cards.lockForChange(List.of(idTag));
                return change.get();
            });
        } catch (DataIntegrityViolationException e) {
            return switch (constraint(e)) {
                case CardRepository.DRIVER_EXISTS ->
                    new Invalid(List.of(new CardFault("driverId", "There is no driver " + driver.value())));
                case CardRepository.ONE_OWNER_AT_A_TIME -> taken(idTag, from);
                default -> throw e;
            };
        }
    }

    private Conflict taken(IdTag idTag, Instant from) {
        var owner = cards.firstAfter(idTag, from);
        var message = owner.map(card -> "idTag " + card.idTag().masked() + " belongs to driver "
                        + card.driver().value()
                        + " (card " + card.id().value() + ") from " + card.from()
                        + card.until().map(until -> " until " + until).orElse(", with no end set")
                        + "; start after that, or unlink or transfer that card first")
                .orElse("idTag " + idTag.masked() + " belonged to somebody else at that time; try again");
        return new Conflict(Why.TAKEN, message, owner, owner.map(EvCard::from));
    }

    private CardOutcome run(Supplier<CardOutcome> change) {
        return Objects.requireNonNull(transaction.execute(status -> change.get()));
    }

    private static String constraint(DataIntegrityViolationException e) {
        return Optional.ofNullable(e.getRootCause())
                .filter(PSQLException.class::isInstance)
                .map(PSQLException.class::cast)
                .map(PSQLException::getServerErrorMessage)
                .map(ServerErrorMessage::getConstraint)
                .orElse("");
    }

    private static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private Instant now() {
        return stored(clock.instant());
    }
}
