package express.polaris.metering;

import express.polaris.units.Energy;
import java.util.Optional;

/**
 * Decides whether SteVe's energy and the measured energy agree. They do unless SteVe's is lower by more than the
 * tolerance, or higher by more than the tolerance plus what may have flowed unmeasured. The tolerance is 100 Wh or two
 * steps of the register, whichever is larger.
 */
final class Agreement {

    private static final long TOLERANCE = 100_000;

    private Agreement() {}

    /**
     * @param unmeasured upper bound of the unmeasured energy, in mWh
     * @param step resolution of the register, in mWh
     */
    static Optional<Dispute> dispute(Energy steve, Energy measured, long unmeasured, long step) {
        long difference = steve.milliwattHours() - measured.milliwattHours();
        long tolerance = Math.max(TOLERANCE, 2 * step);
        if (difference < -tolerance) {
            return Optional.of(Dispute.STEVE_SMALLER);
        }
        return difference > tolerance + unmeasured ? Optional.of(Dispute.STEVE_LARGER) : Optional.empty();
    }
}
