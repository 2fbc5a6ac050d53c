package express.polaris.billing.pricing;

import express.polaris.platform.refusals.Fault;
import java.util.List;

/** Result of parsing a charge's JSON. */
public sealed interface ParsedChargeModel {

    /** Well formed, and the price can be computed. */
    record Supported(ChargeModel model) implements ParsedChargeModel {}

    /**
     * Well formed, but with features that change the price and are not supported.
     *
     * @param features a charge model ("percentage") or the path of a property
     */
    record Unsupported(List<String> features) implements ParsedChargeModel {
        public Unsupported {
            features = List.copyOf(features);
        }
    }

    /**
     * Properties that are not valid.
     *
     * @param faults all faults, at least one; fields are paths within the charge, such as
     *     "properties.graduated_ranges[1].to_value", and quoted input is shortened
     */
    record Malformed(List<Fault> faults) implements ParsedChargeModel {
        public Malformed {
            faults = List.copyOf(faults);
        }
    }
}
