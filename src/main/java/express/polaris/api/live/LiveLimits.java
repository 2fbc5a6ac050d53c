package express.polaris.api.live;

import java.time.Duration;

/**
 * Limits and intervals of streams.
 *
 * @param heartbeat interval at which every stream gets a heartbeat and its sign-in is checked
 * @param look interval at which changed notes, and changes that no notice told, are looked for
 * @param patience how long a reader may take nothing of what waits for it before it is cut off
 * @param queue number of events that may wait for a reader before it is cut off
 * @param queueBytes their size, likewise
 * @param streamsPerAccount of the account that reads; further ones are refused
 * @param streams of this node; further ones are refused
 */
record LiveLimits(
        Duration heartbeat,
        Duration look,
        Duration patience,
        int queue,
        int queueBytes,
        int streamsPerAccount,
        int streams) {

    /** Heap that an idle stream keeps, rounded up; the benchmark {@code streams} measures it. */
    private static final int BYTES_PER_STREAM = 25_000;

    /** Share of the heap that idle streams may fill: a third. */
    private static final int SHARE = 3;

    static LiveLimits defaults() {
        return new LiveLimits(
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                256,
                1_000_000,
                20,
                streamsIn(Runtime.getRuntime().maxMemory()));
    }

    /** Number of streams for which there is room in a heap of so many bytes. */
    static int streamsIn(long heap) {
        return Math.toIntExact(Math.min(heap / SHARE / BYTES_PER_STREAM, 1_000_000));
    }
}
