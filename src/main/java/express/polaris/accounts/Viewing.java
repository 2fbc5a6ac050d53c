package express.polaris.accounts;

import java.time.Instant;

/**
 * An operator looks at a driver's portal, read only.
 *
 * @param operator whose sign-in it is, as of this request
 * @param until when it ends by itself
 * @param isOver whether it still has to be ended though it may not go on: its time is up, or one of both is not what
 *     they were
 */
public record Viewing(long id, Account operator, Account driver, Instant until, boolean isOver) {

    @Override
    public String toString() {
        return "Viewing[" + operator + " as " + driver + "]";
    }
}
