package express.polaris.demo.simulator;

import java.time.Duration;

/** Delay of a slow station or a slow SteVe. */
final class Pause {

    private Pause() {}

    static void of(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
