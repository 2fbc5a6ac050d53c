package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.steve.SteveUnavailable;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/**
 * Operators' blocks and unblocks of idTags in SteVe, with audit entries. Call these methods outside transactions,
 * because they call SteVe. The block of a card is stored first and retried until it succeeds; everything else takes
 * effect immediately or fails.
 */
@Service
public class OperatorTags {

    private final LostCardService lostCards;
    private final TagBlocking blocking;
    private final SteveTagList tags;
    private final AuditLog audit;

    OperatorTags(LostCardService lostCards, TagBlocking blocking, SteveTagList tags, AuditLog audit) {
        this.lostCards = lostCards;
        this.blocking = blocking;
        this.tags = tags;
        this.audit = audit;
    }

    /**
     * Blocks the idTag of a card.
     *
     * @return whether SteVe has blocked it already
     * @throws NotFound if there is no such card
     * @throws Conflict if the card has ended
     */
    public boolean block(AccountId operator, EvCardId id) {
        lostCards.oweBlock(id);
        record(operator, "card.block", id);
        boolean taken = lostCards.blockIfOwed(id);
        tags.forget();
        return taken;
    }

    /**
     * Unblocks the idTag of a card that is not lost.
     *
     * @throws NotFound if there is no such card
     * @throws Conflict if the card is lost
     * @throws SteveUnavailable if SteVe gave no answer; nothing was changed
     */
    public void unblock(AccountId operator, EvCardId id) {
        change(operator, "card.unblock", id, lostCards::unblock);
    }

    /**
     * Marks a lost card as found and unblocks its idTag.
     *
     * @throws NotFound if there is no such card
     * @throws Conflict while SteVe has not yet blocked the idTag
     * @throws SteveUnavailable if SteVe gave no answer; nothing was changed
     */
    public void found(AccountId operator, EvCardId id) {
        change(operator, "card.found", id, lostCards::found);
    }

    /**
     * Blocks the idTags of all the driver's open cards. @return number of cards, including those whose block is retried
     */
    public int blockAllOf(AccountId operator, AccountId driver) {
        int blocked = lostCards.blockAllOf(driver);
        tags.forget();
        audit.record(Optional.of(operator), "account.block-tags", "account " + driver, Map.of("cards", blocked));
        return blocked;
    }

    /**
     * Blocks an idTag without an owner.
     *
     * @throws SteveUnavailable without a change
     */
    public void block(AccountId operator, IdTag idTag) {
        blocking.block(idTag);
        record(operator, "tag.block", idTag);
    }

    /**
     * Unblocks an idTag without an owner.
     *
     * @throws SteveUnavailable without a change
     */
    public void unblock(AccountId operator, IdTag idTag) {
        blocking.unblock(idTag);
        record(operator, "tag.unblock", idTag);
    }

    private void change(AccountId operator, String action, EvCardId id, Consumer<EvCardId> change) {
        try {
            change.accept(id);
        } finally {
            tags.forget();
        }
        record(operator, action, id);
    }

    private void record(AccountId operator, String action, EvCardId id) {
        audit.record(Optional.of(operator), action, "card " + id.value(), Map.of());
    }

    private void record(AccountId operator, String action, IdTag idTag) {
        tags.forget();
        audit.record(Optional.of(operator), action, "idTag " + idTag.masked(), Map.of());
    }
}
