package express.polaris.sessions;

import express.polaris.metering.Dispute;
import express.polaris.units.Energy;
import java.util.Optional;

/**
 * What is known about the energy of a session beside the number that counts.
 *
 * @param measured along the path of its readings; empty before the first read
 * @param dispute how SteVe's number and the measured one differ, until an operator decides
 * @param decided what an operator decided
 */
public record SessionEnergies(Optional<Energy> measured, Optional<Dispute> dispute, Optional<Energy> decided) {}
