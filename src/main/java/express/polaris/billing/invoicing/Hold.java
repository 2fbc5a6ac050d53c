package express.polaris.billing.invoicing;

import express.polaris.sessions.SessionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a due invoice is held. The plan is the subscription's: without a computable price, or with a series that lacks a
 * price, it has no part here.
 *
 * @param session session that has not been read
 * @param unreadSince since when it, or the list of transactions, has not been read from SteVe
 */
record Hold(HoldReason reason, Optional<SessionId> session, Optional<Instant> unreadSince) {

    static final Hold PLAN_NOT_SUPPORTED = new Hold(HoldReason.PLAN_NOT_SUPPORTED, Optional.empty(), Optional.empty());

    static final Hold MARKET_PRICE_MISSING =
            new Hold(HoldReason.MARKET_PRICE_MISSING, Optional.empty(), Optional.empty());

    static Hold notCompared(Instant since) {
        return new Hold(HoldReason.NOT_COMPARED, Optional.empty(), Optional.of(since));
    }

    static Hold notRead(SessionId session, Instant since) {
        return new Hold(HoldReason.SESSION_NOT_READ, Optional.of(session), Optional.of(since));
    }
}
