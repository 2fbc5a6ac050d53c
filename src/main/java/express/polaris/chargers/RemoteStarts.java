package express.polaris.chargers;

import express.polaris.accounts.AccountId;
import express.polaris.cards.Cards;
import express.polaris.cards.EvCard;
import express.polaris.cards.EvCardId;
import express.polaris.chargers.RemoteStartRepository.Claim;
import express.polaris.chargers.RemoteStartRepository.Holder;
import express.polaris.chargers.RemoteStartRepository.Slot;
import express.polaris.chargers.StartResult.Answered;
import express.polaris.chargers.StartResult.CardNotEligible;
import express.polaris.chargers.StartResult.Invalid;
import express.polaris.chargers.StartResult.NotFound;
import express.polaris.chargers.StartResult.SteveDown;
import express.polaris.steve.OperationOutcome;
import express.polaris.steve.SteveOperations;
import express.polaris.steve.SteveUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Starts a charge from afar (OCPP 1.6, 5.11). Call it outside transactions; it takes up to 40 s. Safe on several nodes: a
 * unique index lets one of several equal starts through, and the others wait for its outcome.
 */
@Service
public class RemoteStarts {

    private static final Logger log = LoggerFactory.getLogger(RemoteStarts.class);
    private static final Duration REPEATED_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /** 45 seconds: a little more than a start takes at most. */
    private static final int MOST_LOOKS = 225;

    private final Cards cards;
    private final Chargers chargers;
    private final RemoteStartRepository starts;
    private final FollowingSessions started;
    private final SteveOperations steve;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    RemoteStarts(
            Cards cards,
            Chargers chargers,
            RemoteStartRepository starts,
            FollowingSessions started,
            SteveOperations steve,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.cards = cards;
        this.chargers = chargers;
        this.starts = starts;
        this.started = started;
        this.steve = steve;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Starts with one of the driver's cards. The same driver's repeated start with the same card on the same connector
     * within 60 seconds is not sent; it gets the first one's outcome, also while that is under way. Once the charge that
     * the first one began is over, the next start is a first one.
     *
     * @param connector from 1; empty leaves the choice to the charger
     */
    public StartResult start(AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId cardId) {
        return start(driver, chargeBox, connector, cardId, Repeated.WHATEVER_CAME_OF_IT);
    }

    /**
     * The same for somebody who has read what came of an earlier start and tries again: an outcome other than
     * {@code accepted} that was known before is not repeated.
     */
    StartResult tryAgain(AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId cardId) {
        return start(driver, chargeBox, connector, cardId, Repeated.WHEN_ACCEPTED);
    }

    /** Which earlier outcomes within the minute answer a start that is not sent. */
    private enum Repeated {
        WHATEVER_CAME_OF_IT,
        WHEN_ACCEPTED
    }

    private StartResult start(
            AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId cardId, Repeated repeated) {
        var card = cards.openCard(driver, cardId);
        var charger = chargers.find(chargeBox);
        var refusal = refusal(card, charger, connector);
        return refusal.isPresent()
                ? refusal.get()
                : startOnce(
                        new Slot(driver, charger.orElseThrow().id(), connector, cardId), card.orElseThrow(), repeated);
    }

    /** Why such a start would not be sent, as far as that is known without SteVe. */
    Optional<StartResult> refusal(
            AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId cardId) {
        return refusal(cards.openCard(driver, cardId), chargers.find(chargeBox), connector);
    }

    private static Optional<StartResult> refusal(
            Optional<EvCard> card, Optional<Charger> charger, Optional<Integer> connector) {
        if (card.isEmpty() || charger.isEmpty()) {
            return Optional.of(new NotFound());
        }
        if (card.get().isLost()) {
            return Optional.of(
                    new CardNotEligible("Card " + card.get().id().value() + " is reported lost; choose another one"));
        }
        return connector
                .filter(id -> id < 1)
                .map(id -> new Invalid(List.of(new ChargerFault("connectorId", ChargerReason.CONNECTOR.with(id)))));
    }

    private StartResult startOnce(Slot slot, EvCard card, Repeated repeated) {
        var awaited = Optional.<Claim>empty();
        for (int look = 0; look < MOST_LOOKS; look++) {
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            var claim = starts.claim(slot, now, now.minus(REPEATED_WITHIN));
            if (claim.isPresent()) {
                return send(slot, card, claim.get());
            }
            var holder = starts.holder(slot);
            if (holder.isPresent() && holder.get().outcome().isPresent()) {
                var outcome = holder.get().outcome().get();
                boolean shared = awaited.equals(Optional.of(holder.get().claim()));
                if (shared || isRepeated(slot, holder.get().claim(), outcome, repeated)) {
                    return new Answered(outcome);
                }
                var taken = starts.takeOver(holder.get(), now);
                if (taken.isPresent()) {
                    return send(slot, card, taken.get());
                }
            } else {
                awaited = holder.map(Holder::claim);
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return new Answered(noAnswer());
    }

    private boolean isRepeated(Slot slot, Claim first, CommandOutcome outcome, Repeated repeated) {
        boolean accepted = outcome.kind() == CommandOutcome.Kind.ACCEPTED;
        return accepted
                ? !started.isOver(slot.driver(), slot.card(), slot.chargeBox(), slot.connector(), first.requestedAt())
                : repeated == Repeated.WHATEVER_CAME_OF_IT;
    }

    private StartResult send(Slot slot, EvCard card, Claim claim) {
        boolean finished = false;
        try {
            var result = switch (steve.remoteStart(
                    slot.chargeBox().value(), slot.connector(), card.idTag().value())) {
                case OperationOutcome.Accepted() ->
                    new Answered(new CommandOutcome(
                            CommandOutcome.Kind.ACCEPTED, "The charger accepted; plug in if you have not yet"));
                case OperationOutcome.Rejected(var word) ->
                    new Answered(new CommandOutcome(CommandOutcome.Kind.REJECTED, "The charger answered: " + word));
                case OperationOutcome.Unreachable() -> new Answered(unreachable());
                case OperationOutcome.NoAnswer() -> new Answered(noAnswer());
                // SteVe says this of stops alone; of a start it can only mean that it was not passed on.
                case OperationOutcome.NotActive() ->
                    new Answered(new CommandOutcome(
                            CommandOutcome.Kind.REJECTED, "SteVe did not pass the start on to the charger"));
                case OperationOutcome.Refused(var detail) -> {
                    log.info("SteVe refuses card {} at {}: {}", card.id().value(), slot.chargeBox(), detail);
                    yield new CardNotEligible("SteVe does not accept card "
                            + card.id().value() + "; its idTag is unknown, blocked or expired there");
                }
            };
            if (result instanceof Answered(var outcome)) {
                starts.finish(claim, outcome);
                finished = true;
                if (outcome.kind() == CommandOutcome.Kind.ACCEPTED) {
                    publisher.publishEvent(new RemoteStartAccepted(slot.chargeBox()));
                }
            }
            return result;
        } catch (SteveUnavailable e) {
            log.warn("No start at {}: {}", slot.chargeBox(), e.getMessage());
            return new SteveDown();
        } finally {
            if (!finished) {
                starts.release(claim);
            }
        }
    }

    static CommandOutcome unreachable() {
        return new CommandOutcome(CommandOutcome.Kind.UNREACHABLE, "SteVe has no connection to the charger");
    }

    static CommandOutcome noAnswer() {
        return new CommandOutcome(CommandOutcome.Kind.TIMEOUT, "The charger has not answered; it may act yet");
    }
}
