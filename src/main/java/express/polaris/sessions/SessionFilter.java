package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which sessions are meant; an empty part does not restrict.
 *
 * @param startedFrom the earliest start
 * @param startedBefore the first start that is too late
 * @param linked whether it has an owner
 * @param idTag without case
 */
public record SessionFilter(
        Optional<AccountId> driver,
        Optional<SessionStatus> status,
        Optional<Instant> startedFrom,
        Optional<Instant> startedBefore,
        Optional<Long> cardId,
        Optional<String> chargeBoxId,
        Optional<String> idTag,
        Optional<Boolean> linked,
        Optional<Boolean> stuck) {

    public static SessionFilter all() {
        return new SessionFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static SessionFilter of(AccountId driver) {
        return all().withDriver(Optional.of(driver));
    }

    public SessionFilter withDriver(Optional<AccountId> value) {
        return new SessionFilter(value, status, startedFrom, startedBefore, cardId, chargeBoxId, idTag, linked, stuck);
    }

    public SessionFilter withStatus(Optional<SessionStatus> value) {
        return new SessionFilter(driver, value, startedFrom, startedBefore, cardId, chargeBoxId, idTag, linked, stuck);
    }

    public SessionFilter withStart(Optional<Instant> from, Optional<Instant> before) {
        return new SessionFilter(driver, status, from, before, cardId, chargeBoxId, idTag, linked, stuck);
    }

    public SessionFilter withCard(Optional<Long> value) {
        return new SessionFilter(driver, status, startedFrom, startedBefore, value, chargeBoxId, idTag, linked, stuck);
    }

    public SessionFilter withChargeBox(Optional<String> value) {
        return new SessionFilter(driver, status, startedFrom, startedBefore, cardId, value, idTag, linked, stuck);
    }

    public SessionFilter withIdTag(Optional<String> value) {
        return new SessionFilter(driver, status, startedFrom, startedBefore, cardId, chargeBoxId, value, linked, stuck);
    }

    public SessionFilter withLinked(Optional<Boolean> value) {
        return new SessionFilter(driver, status, startedFrom, startedBefore, cardId, chargeBoxId, idTag, value, stuck);
    }

    public SessionFilter withStuck(Optional<Boolean> value) {
        return new SessionFilter(driver, status, startedFrom, startedBefore, cardId, chargeBoxId, idTag, linked, value);
    }
}
