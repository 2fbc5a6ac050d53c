package express.polaris.billing.statements;

import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionStatus;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * Ended session at home, as it is now.
 *
 * @param meterStop empty if SteVe has no stop value
 */
record HomeSession(
        SessionId id,
        String chargeBoxId,
        String chargerName,
        Instant startedAt,
        Instant endedAt,
        Energy meterStart,
        Optional<Energy> meterStop,
        Energy energy,
        MeterBasis basis,
        State state) {

    /** Whether a statement can have it. */
    enum State {
        COUNTS,
        /** Its final reading is missing, or its energy is being checked. */
        WAITS,
        /** It belongs to another driver now. */
        GONE
    }

    /**
     * @param session has ended
     * @param own whether it is still the driver's
     */
    static HomeSession of(ChargingSession session, String chargerName, boolean own) {
        boolean settled = session.status() == SessionStatus.COMPLETED
                && session.energies().dispute().isEmpty();
        return new HomeSession(
                session.id(),
                session.chargeBoxId().value(),
                chargerName,
                session.startedAt(),
                session.endedAt().orElseThrow(),
                session.startValue(),
                session.stopValue(),
                session.energy(),
                basis(session),
                own ? settled ? State.COUNTS : State.WAITS : State.GONE);
    }

    private static MeterBasis basis(ChargingSession session) {
        if (session.steveEnergy().filter(session.energy()::equals).isPresent()) {
            return MeterBasis.METER;
        }
        return session.energies().decided().isPresent() ? MeterBasis.DECIDED : MeterBasis.READINGS;
    }
}
