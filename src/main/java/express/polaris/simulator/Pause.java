package express.polaris.simulator;

import java.time.Duration;

/** The wait that a slow station or a slow SteVe imposes on its caller. */
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
