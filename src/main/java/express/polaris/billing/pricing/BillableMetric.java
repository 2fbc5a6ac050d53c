package express.polaris.billing.pricing;

import java.util.Arrays;
import java.util.Optional;

/** What a charge counts, as in Lago. */
public enum BillableMetric {

    /** Energy in kWh. */
    ENERGY("energy_kwh"),

    /** Number of sessions. */
    SESSIONS("session"),

    /** Minutes from the start of a session to its stop. */
    CONNECTED_MINUTES("connected_minutes"),

    /** Minutes in which a session drew energy. */
    CHARGING_MINUTES("charging_minutes"),

    /** Minutes from the end of energy to the stop of a session. */
    IDLE_MINUTES("idle_minutes");

    private final String code;

    BillableMetric(String code) {
        this.code = code;
    }

    /** The code in Lago's plan JSON. */
    public String code() {
        return code;
    }

    /** Returns the metric with this code; empty for an unknown one. */
    public static Optional<BillableMetric> of(String code) {
        return Arrays.stream(values())
                .filter(metric -> metric.code.equals(code))
                .findFirst();
    }
}
