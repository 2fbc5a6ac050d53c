package express.polaris.sessions;

import express.polaris.metering.Dispute;
import express.polaris.units.Energy;
import java.util.Optional;

/**
 * Measured energy, dispute and decision of a session, beside the energy that counts.
 *
 * @param measured along the path of its readings; empty before the first read
 * @param dispute how SteVe's energy and the measured one disagree; empty if they agree or an operator has decided
 * @param decided energy decided by an operator
 */
public record SessionEnergies(Optional<Energy> measured, Optional<Dispute> dispute, Optional<Energy> decided) {}
