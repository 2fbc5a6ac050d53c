package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Filter for sessions; an empty component does not restrict.
 *
 * @param startedFrom earliest start, inclusive
 * @param startedBefore latest start, exclusive
 * @param idTag compared without case
 * @param marks criteria for operators
 */
public record SessionFilter(
        Optional<AccountId> driver,
        Optional<SessionStatus> status,
        Optional<Instant> startedFrom,
        Optional<Instant> startedBefore,
        Optional<Long> cardId,
        Optional<String> chargeBoxId,
        Optional<String> idTag,
        Marks marks) {

    /**
     * Criteria for operators; an empty component does not restrict.
     *
     * @param linked whether the session has an owner
     * @param stuck whether the session is stuck, see {@link StuckCause}
     */
    public record Marks(
            Optional<SessionId> id, Optional<Boolean> linked, Optional<Boolean> stuck, Optional<SessionTrait> trait) {

        static final Marks NONE = new Marks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static SessionFilter all() {
        return new SessionFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Marks.NONE);
    }

    public static SessionFilter of(AccountId driver) {
        return all().withDriver(Optional.of(driver));
    }

    public SessionFilter withDriver(Optional<AccountId> value) {
        return new SessionFilter(value, status, startedFrom, startedBefore, cardId, chargeBoxId, idTag, marks);
    }

    public SessionFilter withStatus(Optional<SessionStatus> value) {
        return new SessionFilter(driver, value, startedFrom, startedBefore, cardId, chargeBoxId, idTag, marks);
    }

    public SessionFilter withStart(Optional<Instant> from, Optional<Instant> before) {
        return new SessionFilter(driver, status, from, before, cardId, chargeBoxId, idTag, marks);
    }

    public SessionFilter withCard(Optional<Long> value) {
        return new SessionFilter(driver, status, startedFrom, startedBefore, value, chargeBoxId, idTag, marks);
    }

    public SessionFilter withChargeBox(Optional<String> value) {
        return new SessionFilter(driver, status, startedFrom, startedBefore, cardId, value, idTag, marks);
    }

    public SessionFilter withIdTag(Optional<String> value) {
        return new SessionFilter(driver, status, startedFrom, startedBefore, cardId, chargeBoxId, value, marks);
    }

    public SessionFilter withId(Optional<SessionId> value) {
        return with(new Marks(value, marks.linked(), marks.stuck(), marks.trait()));
    }

    public SessionFilter withLinked(Optional<Boolean> value) {
        return with(new Marks(marks.id(), value, marks.stuck(), marks.trait()));
    }

    public SessionFilter withStuck(Optional<Boolean> value) {
        return with(new Marks(marks.id(), marks.linked(), value, marks.trait()));
    }

    public SessionFilter withTrait(Optional<SessionTrait> value) {
        return with(new Marks(marks.id(), marks.linked(), marks.stuck(), value));
    }

    private SessionFilter with(Marks value) {
        return new SessionFilter(driver, status, startedFrom, startedBefore, cardId, chargeBoxId, idTag, value);
    }
}
