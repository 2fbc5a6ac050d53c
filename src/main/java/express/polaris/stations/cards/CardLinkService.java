package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountReason;
import express.polaris.platform.database.RetriedTransaction;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Refusal;
import express.polaris.platform.refusals.Wording;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 * Operators' changes to ownerships (link, unlink, transfer) and their previews. Each change and the sessions that it
 * attaches are one transaction; within a caller's transaction it is nested, and a refusal rolls back only the change.
 * Safe on several nodes: the exclusion constraint decides which change was first.
 */
@Service
public class CardLinkService {

    private static final Duration BEFORE_NOW = Duration.ofHours(1);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final CardRepository cards;
    private final SessionHistory history;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CardLinkService(
            CardRepository cards, SessionHistory history, PlatformTransactionManager transactions, Clock clock) {
        this.cards = cards;
        this.history = history;
        this.transaction = new RetriedTransaction(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
    }

    /** Faults in a link request, for reporting together with other faults. */
    public List<Fault> faults(Optional<String> label, Optional<Instant> from) {
        var faults =
                new FaultCollector().addAll(CardLook.of(label, Optional.empty()).faults());
        checkStart(from, now(), faults);
        return faults.list();
    }

    /**
     * Gives the idTag to a driver, and attaches the sessions without an owner that started since {@code from} to the
     * card.
     *
     * @param label empty = the masked idTag
     * @param from empty = one hour ago, or when the idTag became free if that is later
     * @throws InvalidInput with all faults
     * @throws Conflict if the idTag has an owner at that time
     */
    public CardChange link(IdTag idTag, AccountId driver, Optional<String> label, Optional<Instant> from) {
        var now = now();
        var look = CardLook.of(label, Optional.empty());
        new FaultCollector().addAll(faults(label, from)).throwIfAny();
        return decide(idTag, driver, from.orElse(now), () -> {
            var start = from.map(CardLinkService::stored).orElseGet(() -> defaultStart(idTag, now));
            return linked(idTag, driver, start, look.label(), now);
        });
    }

    /**
     * Ends the ownership.
     *
     * @param until empty = now; may be in the future, and may be moved while it is
     * @throws NotFound if there is no such card
     * @throws InvalidInput if the end is out of range
     * @throws Conflict if the ownership is over, starts later, or has a session after that instant
     */
    public CardChange unlink(EvCardId id, Optional<Instant> until) {
        var now = now();
        var end = until.map(CardLinkService::stored).orElse(now);
        if (end.isBefore(EARLIEST) || end.isAfter(LATEST)) {
            throw InvalidInput.of("until", CardReason.UNTIL.with(EARLIEST, LATEST, end));
        }
        return withCard(id, card -> {
            if (card.until().equals(Optional.of(end))) {
                return new CardChange(card, 0);
            }
            checkEnd(card, end, now);
            cards.end(id, end);
            return new CardChange(cards.find(id).orElseThrow(), 0);
        });
    }

    /**
     * Ends the ownership and starts the other driver's at the same instant. The label stays with the old ownership.
     *
     * @param from empty = now
     * @throws NotFound if there is no such card
     * @throws InvalidInput with all faults
     * @throws Conflict as {@link #link} and {@link #unlink}, and if the card already belongs to that driver
     */
    public CardChange transfer(EvCardId id, AccountId driver, Optional<Instant> from) {
        var now = now();
        var faults = new FaultCollector();
        checkStart(from, now, faults);
        faults.throwIfAny();
        var start = from.map(CardLinkService::stored).orElse(now);
        return withCard(id, card -> {
            if (card.driver().equals(driver)) {
                throw new Conflict(CardReason.THEIRS_ALREADY.with(id.value(), driver));
            }
            checkEnd(card, start, now);
            return decide(card.idTag(), driver, start, () -> {
                cards.end(id, start);
                return linked(card.idTag(), driver, start, Optional.empty(), now);
            });
        });
    }

    /**
     * Blocks all other changes to the ownerships of these cards' idTags until the transaction ends. Called before
     * several cards are unlinked in one transaction.
     */
    public void hold(Collection<EvCard> several) {
        cards.lockForChange(several.stream().map(EvCard::idTag).toList());
    }

    /** Previews {@link #link}. */
    public CardPreview previewLink(IdTag idTag, AccountId driver, Optional<String> label, Optional<Instant> from) {
        return preview(Optional.empty(), () -> link(idTag, driver, label, from));
    }

    /** Previews {@link #unlink}. */
    public CardPreview previewUnlink(EvCardId id, Optional<Instant> until) {
        return preview(Optional.of(id), () -> unlink(id, until));
    }

    /** Previews {@link #transfer}. */
    public CardPreview previewTransfer(EvCardId id, AccountId driver, Optional<Instant> from) {
        return preview(Optional.of(id), () -> transfer(id, driver, from));
    }

    /** Previews by executing and rolling back, so that a preview follows the same rules. */
    private CardPreview preview(Optional<EvCardId> ending, Supplier<CardChange> change) {
        return Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            try {
                var changed = change.get();
                return new CardPreview.Possible(
                        changed.card(),
                        changed.attachedSessions() == 0
                                ? CardSessions.NONE
                                : history.sessionsOf(changed.card().id()),
                        ending.map(history::sessionsOf).orElse(CardSessions.NONE));
            } catch (Refusal refusal) {
                return new CardPreview.Refused(refusal);
            }
        }));
    }

    private CardChange linked(IdTag idTag, AccountId driver, Instant from, Optional<String> label, Instant now) {
        var id = cards.insert(idTag, driver, from, label.orElse(idTag.masked()), CardLook.COLOUR_OF_A_NEW_CARD, now);
        var card = cards.find(id).orElseThrow();
        return new CardChange(card, history.attachUnowned(card));
    }

    private Instant defaultStart(IdTag idTag, Instant now) {
        var anHourAgo = now.minus(BEFORE_NOW);
        return cards.freeSince(idTag, now).filter(anHourAgo::isBefore).orElse(anHourAgo);
    }

    private void checkEnd(EvCard card, Instant end, Instant now) {
        var id = card.id().value();
        if (card.stateAt(now) == CardState.ENDED) {
            throw new Conflict(CardReason.ENDED.with(id, card.until().orElseThrow()));
        }
        if (end.isBefore(card.from())) {
            throw new Conflict(CardReason.BEFORE_ITS_START.with(id, card.driver(), card.from(), end));
        }
        history.latestOwnedStart(card.id())
                .filter(start -> !start.isBefore(end))
                .ifPresent(start -> {
                    throw new Conflict(CardReason.SESSION_AFTER.with(id, end, card.driver(), start));
                });
    }

    private static void checkStart(Optional<Instant> from, Instant now, FaultCollector faults) {
        from.filter(start -> start.isAfter(now) || start.isBefore(EARLIEST))
                .ifPresent(start -> faults.add("from", CardReason.FROM.with(EARLIEST, now, start)));
    }

    /** Runs a change to an existing card under the lock of its idTag. */
    private CardChange withCard(EvCardId id, Function<EvCard, CardChange> change) {
        return run(() -> {
            var before = cards.find(id).orElseThrow(NotFound::new);
            cards.lockForChange(List.of(before.idTag()));
            return change.apply(cards.find(id).orElseThrow());
        });
    }

    /** Runs a change that gives the idTag to a driver, and converts a constraint violation into an outcome. */
    private CardChange decide(IdTag idTag, AccountId driver, Instant from, Supplier<CardChange> change) {
        try {
            return run(() -> {
                cards.lockForChange(List.of(idTag));
                return change.get();
            });
        } catch (DataIntegrityViolationException e) {
            throw switch (constraint(e)) {
                case CardRepository.DRIVER_EXISTS -> InvalidInput.of("driverId", AccountReason.NO_DRIVER.with(driver));
                case CardRepository.ONE_OWNER_AT_A_TIME -> new Conflict(taken(idTag, from));
                default -> e;
            };
        }
    }

    private Wording taken(IdTag idTag, Instant from) {
        return cards.firstAfter(idTag, from)
                .map(CardLinkService::inTheWay)
                .orElseGet(() -> CardReason.TAKEN_BEFORE.with(idTag.masked()));
    }

    private static Wording inTheWay(EvCard card) {
        var tag = card.idTag().masked();
        var id = card.id().value();
        return card.until()
                .map(until -> CardReason.TAKEN_UNTIL.with(tag, card.driver(), id, card.from(), until))
                .orElseGet(() -> CardReason.TAKEN.with(tag, card.driver(), id, card.from()));
    }

    private CardChange run(Supplier<CardChange> change) {
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
