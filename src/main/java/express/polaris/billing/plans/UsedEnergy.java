package express.polaris.billing.plans;

import express.polaris.accounts.AccountId;
import express.polaris.units.Energy;
import express.polaris.units.Interval;

/** Energy of drivers, of which a plan can include some. */
public interface UsedEnergy {

    /**
     * Returns a driver's energy, billed at an instant after {@code from} and up to {@code to}: net of what was taken back,
     * without what is held or disputed.
     */
    Energy of(AccountId driver, Interval bounds);
}
