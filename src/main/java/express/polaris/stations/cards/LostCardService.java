package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import express.polaris.platform.database.RetriedTransaction;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.cards.LostCardRepository.OwedBlock;
import express.polaris.steve.SteveUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Blocks idTags in SteVe for lost cards, and for operators. A block is stored before SteVe is called and retried until
 * it succeeds, so an outage of SteVe delays it but never loses it. Call these methods outside transactions, because
 * they call SteVe. Safe on several nodes: each pending block is claimed by one node.
 */
@Service
public class LostCardService {

    private static final Logger log = LoggerFactory.getLogger(LostCardService.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);
    private static final int AT_A_TIME = 50;

    private final CardRepository cards;
    private final LostCardRepository lost;
    private final TagBlocking tags;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LostCardService(
            CardRepository cards,
            LostCardRepository lost,
            TagBlocking tags,
            ApplicationEventPublisher publisher,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.cards = cards;
        this.lost = lost;
        this.tags = tags;
        this.publisher = publisher;
        this.transaction = new RetriedTransaction(transactions);
        this.clock = clock;
    }

    /**
     * Reports the driver's card as lost: it starts no more sessions, and operators see it. Needs an ownership that is
     * active now. A repeated report changes nothing. Succeeds even while SteVe is down.
     *
     * @throws NotFound if there is no such card, or it is not the driver's now
     */
    public EvCard report(AccountId driver, EvCardId id) {
        var now = now();
        if (!mark(driver, id, now)) {
            throw new NotFound();
        }
        lost.claim(id, now).ifPresent(this::block);
        return cards.find(id).orElseThrow(NotFound::new);
    }

    /**
     * For operators: blocks in SteVe the idTags of all the driver's open cards, without marking them lost.
     *
     * @return number of cards, including those whose block is retried
     */
    public int blockAllOf(AccountId driver) {
        var now = now();
        var owed = lost.oweBlocks(driver, now);
        for (var id : owed) {
            var claimed = lost.claim(id, now);
            if (claimed.isPresent() && !block(claimed.get())) {
                break;
            }
        }
        return owed.size();
    }

    /**
     * For operators: stores that SteVe has to block the idTag of a card, without marking it lost.
     *
     * @throws NotFound if there is no such card
     * @throws Conflict if the card has ended
     */
    public void oweBlock(EvCardId id) {
        var now = now();
        if (!lost.oweBlock(id, now)) {
            var card = cards.find(id).orElseThrow(NotFound::new);
            throw new Conflict(CardReason.ENDED.with(id.value(), card.until().orElse(now)));
        }
    }

    /**
     * Blocks the idTag in SteVe if that is owed.
     *
     * @return false if SteVe has not blocked it yet; the block is then retried
     */
    public boolean blockIfOwed(EvCardId id) {
        return lost.claim(id, now()).map(this::block).orElse(true);
    }

    /**
     * For operators: unblocks the idTag in SteVe and drops a block that is still pending. Not for a lost card.
     *
     * @throws NotFound if there is no such card
     * @throws Conflict if the card is lost
     * @throws SteveUnavailable if SteVe gave no answer; nothing was changed
     */
    public EvCard unblock(EvCardId id) {
        var card = cards.find(id).orElseThrow(NotFound::new);
        card.lostAt().ifPresent(at -> {
            throw new Conflict(CardReason.LOST.with(id.value(), at));
        });
        boolean owed = lost.owed(card.idTag());
        lost.settle(id);
        try {
            tags.unblock(card.idTag());
        } catch (SteveUnavailable down) {
            if (owed) {
                lost.oweBlock(id, now());
            }
            throw down;
        }
        return card;
    }

    /** Whether SteVe has yet to block the idTag. */
    public boolean owesBlock(IdTag idTag) {
        return lost.owed(idTag);
    }

    /**
     * For operators: marks a lost card as found and unblocks its idTag in SteVe. The only way to make a lost card
     * usable.
     *
     * @throws NotFound if there is no such card
     * @throws Conflict while SteVe has not yet blocked the idTag
     * @throws SteveUnavailable if SteVe gave no answer; nothing was changed
     */
    public EvCard found(EvCardId id) {
        var card = cards.find(id).orElseThrow(NotFound::new);
        if (lost.owed(card.idTag())) {
            throw new Conflict(CardReason.BLOCK_OWED.with(id.value()));
        }
        tags.unblock(card.idTag());
        lost.markFound(id);
        return cards.find(id).orElseThrow(NotFound::new);
    }

    /** Retries pending blocks. Stops at the first failure, because the next would most likely fail too. */
    @Scheduled(fixedDelayString = "PT15S")
    void repeatOwedBlocks() {
        var now = now();
        for (var owed : lost.claimDue(now.minus(BETWEEN_TRIES), now, AT_A_TIME)) {
            if (!block(owed)) {
                return;
            }
        }
    }

    private boolean mark(AccountId driver, EvCardId id, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var first = lost.markLost(driver, id, now);
            if (first.orElse(false)) {
                publisher.publishEvent(new CardReportedLost(driver, id));
            }
            return first.isPresent();
        }));
    }

    private boolean block(OwedBlock owed) {
        try {
            tags.block(owed.idTag());
        } catch (SteveUnavailable e) {
            log.warn(
                    "Card {} is not blocked in SteVe yet ({}); will retry",
                    owed.card().value(),
                    e.reason());
            return false;
        }
        lost.settle(owed.card());
        return true;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
