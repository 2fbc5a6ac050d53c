package express.polaris.billing.pricing;

import express.polaris.platform.refusals.Fault;
import java.util.List;

/** Result of parsing a charge of Lago's plan JSON. */
public sealed interface ParsedCharge {

    /** Well formed, and the price can be computed. */
    record Supported(PlanCharge charge) implements ParsedCharge {}

    /**
     * Well formed, but with features that change the price and are not supported.
     *
     * @param features a charge model ("percentage") or the path of a property
     */
    record Unsupported(List<String> features) implements ParsedCharge {
        public Unsupported {
            features = List.copyOf(features);
        }
    }

    /**
     * Not valid.
     *
     * @param faults all faults, at least one; fields are paths within the charge, such as
     *     "filters[0].properties.amount", and quoted input is shortened
     */
    record Malformed(List<Fault> faults) implements ParsedCharge {
        public Malformed {
            faults = List.copyOf(faults);
        }
    }
}
