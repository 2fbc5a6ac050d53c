package express.polaris.metering;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A row that counts: readable, of a measurand in use, timed within the session.
 *
 * @param quantity Wh, W or percent
 * @param location empty for the outlet, which is OCPP's default
 * @param context OCPP ReadingContext, empty for {@code Sample.Periodic}, which is OCPP's default
 */
record Sample(
        int row, Instant at, Measurand measurand, BigDecimal quantity, Phase phase, String location, String context) {

    boolean isEnd() {
        return context.equals("Transaction.End");
    }

    boolean isClockAligned() {
        return context.equals("Sample.Clock");
    }

    boolean isPeriodic() {
        return context.isEmpty();
    }
}
