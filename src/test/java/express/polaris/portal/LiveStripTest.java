package express.polaris.portal;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The page of a live session shows the charger's identity only if SteVe has just confirmed it. */
@ApplicationTest
class LiveStripTest {

    private static final String STRIP = "<section class=\"strip\"";
    private static final Duration HANGS = Duration.ofSeconds(12);

    private final Portal portal;
    private final Charging charging;
    private final SimulatedSteve steve;
    private final MutableClock clock;

    LiveStripTest(Portal portal, Charging charging, SimulatedSteve steve, MutableClock clock) {
        this.portal = portal;
        this.charging = charging;
        this.steve = steve;
        this.clock = clock;
    }

    @Test
    void aHangingSteveNeitherDelaysThePageNorHidesOtherParts() {
        var driver = portal.driver();
        long id = charging.live(driver);
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/sessions/" + id).body()).contains(STRIP, "4.000");
        steve.answersTake(HANGS);
        try {
            clock.advance(Duration.ofMinutes(2));
            for (int look = 0; look < 2; look++) {
                long began = System.nanoTime();
                var page = browser.get("/sessions/" + id);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(HANGS.dividedBy(2));
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body()).doesNotContain(STRIP);
                // the live card, the facts with the charger's name, the cost, the timeline
                assertThat(page.body())
                        .contains(
                                "live-main",
                                "4.000",
                                "Blue fob",
                                "BOX-",
                                "data-part=\"cost\"",
                                "data-part=\"timeline\"");
            }
        } finally {
            steve.answersTake(Duration.ZERO);
        }
    }
}
