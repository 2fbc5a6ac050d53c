package express.polaris.billing.statements;

import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;

/** Where a driver's sessions count as charged at home. */
public sealed interface HomeMark {

    /** Every session of the driver at this charge box. Charge boxes are the same without regard to case. */
    record AtChargeBox(ChargeBoxId id) implements HomeMark {}

    /** Every session with this card of the driver. */
    record WithCard(EvCardId id) implements HomeMark {}
}
