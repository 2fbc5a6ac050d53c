package express.polaris.live;

import java.time.Duration;

/**
 * How streams are kept within bounds.
 *
 * @param heartbeat how often a stream that has nothing to say says so, and asks whether its sign-in still holds
 * @param look how often notes that change with time, and changes of other nodes, are looked for
 * @param queue how many events may wait for one reader before it is cut off
 * @param streamsPerAccount the oldest is closed for one more
 */
record LiveLimits(Duration heartbeat, Duration look, int queue, int streamsPerAccount) {

    static LiveLimits defaults() {
        return new LiveLimits(Duration.ofSeconds(15), Duration.ofSeconds(2), 256, 20);
    }
}
