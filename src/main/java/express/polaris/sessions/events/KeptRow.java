package express.polaris.sessions.events;

import express.polaris.metering.SampledValue;

/** A stored row of SteVe's answer. */
public sealed interface KeptRow {

    /** A row that metering reads. */
    record Value(SampledValue value) implements KeptRow {}

    /** @param reason why the row could not be read */
    record Unreadable(String reason) implements KeptRow {}
}
