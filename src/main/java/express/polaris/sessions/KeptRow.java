package express.polaris.sessions;

import express.polaris.metering.SampledValue;

/** A row of SteVe's answer as it is kept. */
public sealed interface KeptRow {

    /** A row that metering reads. */
    record Value(SampledValue value) implements KeptRow {}

    /** @param reason why the row could not be read */
    record Unreadable(String reason) implements KeptRow {}
}
