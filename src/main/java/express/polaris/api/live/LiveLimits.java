package express.polaris.api.live;

import java.time.Duration;

/**
 * Limits and intervals of streams.
 *
 * @param heartbeat interval at which every stream gets a heartbeat, its sign-in is checked and prices are recomputed
 * @param look interval at which changed notes, and changes that no notice told, are looked for
 * @param queue number of events that may wait for a reader before it is disconnected
 * @param streamsPerAccount when exceeded, the oldest stream is closed
 */
record LiveLimits(Duration heartbeat, Duration look, int queue, int streamsPerAccount) {

    static LiveLimits defaults() {
        return new LiveLimits(Duration.ofSeconds(15), Duration.ofSeconds(10), 256, 20);
    }
}
