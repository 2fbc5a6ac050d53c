package express.polaris.accounts;

import java.time.Instant;

/**
 * Read-only view of a driver's portal by an operator.
 *
 * @param operator account that signed in, as of this request
 * @param until when it expires
 * @param isOver whether it has expired or a role has changed, but it is not yet ended
 */
public record Viewing(long id, Account operator, Account driver, Instant until, boolean isOver) {

    @Override
    public String toString() {
        return "Viewing[" + operator + " as " + driver + "]";
    }
}
