package express.polaris.sync;

import java.time.Duration;

/**
 * How soon sync asks SteVe again.
 *
 * @param often between rounds of discovery while something is active or awaited
 * @param rarely the longest time between rounds of discovery
 * @param again between rounds of discovery while a start is expected or SteVe is away
 * @param betweenProbes from the end of a probe of a SteVe that is down to the next one
 * @param probeAnswer how long a probe waits for its answer
 */
record SyncPace(Duration often, Duration rarely, Duration again, Duration betweenProbes, Duration probeAnswer) {

    /** 5, 60 and 2 seconds between rounds of discovery, 2 seconds between probes and for a probe's answer. */
    static final SyncPace USUAL = new SyncPace(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));
}
