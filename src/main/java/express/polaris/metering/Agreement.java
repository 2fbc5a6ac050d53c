package express.polaris.metering;

import express.polaris.units.Energy;
import java.util.Optional;

/**
 * Whether SteVe's number and the measured energy agree: SteVe's must not lie below the measured one by more than the
 * tolerance, nor above it by more than the tolerance and what may have flowed where nothing was measured. The tolerance is
 * 100 Wh or two steps of the register, whichever is larger.
 */
final class Agreement {

    private static final long TOLERANCE = 100_000;

    private Agreement() {}

    /**
     * @param unmeasured the most that may have flowed where nothing was measured, in thousandths of Wh
     * @param step the resolution of the register, in thousandths of Wh
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
