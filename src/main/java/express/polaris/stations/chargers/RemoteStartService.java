package express.polaris.stations.chargers;

import express.polaris.accounts.AccountId;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.RemoteStartRepository.Claim;
import express.polaris.stations.chargers.RemoteStartRepository.Holder;
import express.polaris.stations.chargers.RemoteStartRepository.Slot;
import express.polaris.steve.OperationOutcome;
import express.polaris.steve.SteveOperations;
import express.polaris.steve.SteveUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Sends remote starts (OCPP 1.6, 5.11). Call it outside transactions: sending takes up to 40 s, waiting for an equal
 * start up to 45 s more. Safe on several nodes: a unique index lets one of several equal starts through, and the others
 * wait for its outcome.
 */
@Service
public class RemoteStartService {

    private static final Logger log = LoggerFactory.getLogger(RemoteStartService.class);
    private static final Duration REPEATED_WITHIN = Duration.ofSeconds(60);

    /** The longest time between looks at an equal start; a notice of its end comes sooner. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** A little longer than a start takes: up to 45 s of waiting for an equal one, then up to 40 s of sending. */
    static final Duration LONGEST = Duration.ofSeconds(90);

    /** How long an equal start is awaited: a little longer than sending one takes. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

    private final CardService cards;
    private final ChargerService chargers;
    private final RemoteStartRepository starts;
    private final StartEnds ends;
    private final FollowingSessions started;
    private final SteveOperations steve;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    RemoteStartService(
            CardService cards,
            ChargerService chargers,
            RemoteStartRepository starts,
            StartEnds ends,
            FollowingSessions started,
            SteveOperations steve,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.cards = cards;
        this.chargers = chargers;
        this.starts = starts;
        this.ends = ends;
        this.started = started;
        this.steve = steve;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Starts with one of the driver's cards. A repeated start by the same driver with the same card on the same
     * connector within 60 seconds is not sent and gets the outcome of the first one, even while that one is in
     * progress. Once the session that the first start began is over, the next start is sent.
     *
     * @param connector from 1; empty leaves the choice to the charger
     * @return the charger's outcome, or that of the same start within the last 60 seconds
     * @throws NotFound if there is no such charger, or the card is not the driver's now
     * @throws InvalidInput for a {@code cardId} that is reported lost or that SteVe does not accept, and for a
     *     {@code connectorId} out of range
     * @throws Unavailable if SteVe gave no answer; a repeated start is sent again
     */
    public CommandOutcome start(AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId cardId) {
        return start(driver, chargeBox, connector, cardId, Repeated.WHATEVER_THE_OUTCOME);
    }

    /**
     * Like {@link #start}, but for a retry by a driver who has seen the earlier outcome: unless that was
     * {@code accepted}, the start is sent again.
     */
    CommandOutcome tryAgain(AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId cardId) {
        return start(driver, chargeBox, connector, cardId, Repeated.WHEN_ACCEPTED);
    }

    /** Which outcomes of a start in the last 60 seconds answer a repeated one. */
    private enum Repeated {
        WHATEVER_THE_OUTCOME,
        WHEN_ACCEPTED
    }

    private CommandOutcome start(
            AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId cardId, Repeated repeated) {
        var card = cards.openCard(driver, cardId).orElseThrow(NotFound::new);
        var charger = chargers.find(chargeBox).orElseThrow(NotFound::new);
        check(card, connector);
        return startOnce(new Slot(driver, charger.id(), connector, cardId), card, repeated);
    }

    /**
     * Refuses a start that would not be sent, as far as this is known without asking SteVe; throws like
     * {@link #start}.
     */
    void check(AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId cardId) {
        var card = cards.openCard(driver, cardId).orElseThrow(NotFound::new);
        if (chargers.find(chargeBox).isEmpty()) {
            throw new NotFound();
        }
        check(card, connector);
    }

    private static void check(EvCard card, Optional<Integer> connector) {
        if (card.isLost()) {
            throw InvalidInput.of(
                    "cardId", ChargerReason.CARD_LOST.with(card.id().value()));
        }
        connector.filter(id -> id < 1).ifPresent(id -> {
            throw InvalidInput.of("connectorId", ChargerReason.CONNECTOR.with(id));
        });
    }

    private CommandOutcome startOnce(Slot slot, EvCard card, Repeated repeated) {
        var awaited = Optional.<Claim>empty();
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() < until) {
            long before = ends.soFar();
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
                    return outcome;
                }
                var taken = starts.takeOver(holder.get(), now);
                if (taken.isPresent()) {
                    return send(slot, card, taken.get());
                }
            } else {
                awaited = holder.map(Holder::claim);
            }
            try {
                ends.await(before, BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return noAnswer();
    }

    private boolean isRepeated(Slot slot, Claim first, CommandOutcome outcome, Repeated repeated) {
        boolean accepted = outcome.kind() == CommandOutcome.Kind.ACCEPTED;
        return accepted
                ? !started.isOver(slot.driver(), slot.card(), slot.chargeBox(), slot.connector(), first.requestedAt())
                : repeated == Repeated.WHATEVER_THE_OUTCOME;
    }

    private CommandOutcome send(Slot slot, EvCard card, Claim claim) {
        boolean finished = false;
        try {
            var outcome = switch (steve.remoteStart(
                    slot.chargeBox().value(), slot.connector(), card.idTag().value())) {
                case OperationOutcome.Accepted() ->
                    new CommandOutcome(
                            CommandOutcome.Kind.ACCEPTED, "The charger accepted; plug in if you have not yet");
                case OperationOutcome.Rejected(var word) ->
                    new CommandOutcome(CommandOutcome.Kind.REJECTED, "The charger answered: " + word);
                case OperationOutcome.Unreachable() -> unreachable();
                case OperationOutcome.NoAnswer() -> noAnswer();
                // SteVe gives this answer to stops only; for a start it can only mean that it was not passed on.
                case OperationOutcome.NotActive() ->
                    new CommandOutcome(CommandOutcome.Kind.REJECTED, "SteVe did not pass the start on to the charger");
                case OperationOutcome.Refused(var detail) -> {
                    log.info("SteVe rejected card {} at {}: {}", card.id().value(), slot.chargeBox(), detail);
                    throw InvalidInput.of(
                            "cardId", ChargerReason.CARD_REFUSED.with(card.id().value()));
                }
            };
            starts.finish(claim, outcome);
            finished = true;
            if (outcome.kind() == CommandOutcome.Kind.ACCEPTED) {
                publisher.publishEvent(new RemoteStartAccepted(slot.chargeBox()));
            }
            return outcome;
        } catch (SteveUnavailable e) {
            log.warn("Remote start at {} failed: {}", slot.chargeBox(), e.getMessage());
            throw new Unavailable(ChargerReason.STEVE_DOWN.with());
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
        return new CommandOutcome(CommandOutcome.Kind.TIMEOUT, "The charger has not answered; it may still start");
    }
}
