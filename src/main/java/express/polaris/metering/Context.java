package express.polaris.metering;

/**
 * Why a reading was taken (OCPP 1.6, 7.32 ReadingContext). The order is the preference among readings of one instant
 * and equal cost.
 */
enum Context {
    END,
    /** {@code Sample.Periodic}, which is OCPP's default, and every other context. */
    OTHER,
    CLOCK,
    BEGIN;

    static Context of(SampledValue value) {
        return switch (value.context().map(String::strip).orElse("")) {
            case "Transaction.End" -> END;
            case "Transaction.Begin" -> BEGIN;
            case "Sample.Clock" -> CLOCK;
            default -> OTHER;
        };
    }

    /** Whether such a reading shows that its series is still being sent. */
    boolean isRegular() {
        return this == OTHER || this == CLOCK;
    }
}
