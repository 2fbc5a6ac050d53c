package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Resets, glitches and noise, as they show in events. */
class OutliersTest {

    private static Session session() {
        return new Session().energy("10:05", "2000");
    }

    @Test
    void aFallThatStaysLowIsAReset() {
        var session = session().energy("10:06", "0").energy("10:07", "183");
        // 2000−1000, then nothing, then 183−0
        assertThat(session.events()).containsExactly("10:05 +1000", "10:06 +0 meter_reset", "10:07 +183");
        assertThat(session.series().events().get(1).meterFrom().wattHours()).isEqualByComparingTo("2000");
        assertThat(session.series().events().get(1).meterTo().wattHours()).isZero();
    }

    @Test
    void aLoneFallIsAGlitch() {
        var session = session().energy("10:06", "0").energy("10:07", "2183");
        assertThat(session.events()).containsExactly("10:05 +1000", "10:07 +183");
        assertThat(session.rows()).containsExactly("0 energy", "glitch", "1 energy");
    }

    @Test
    void aFallThatReturnsWithinTheNoiseIsAGlitch() {
        var session = session().energy("10:06", "0").energy("10:07", "1960").energy("10:08", "2100");
        assertThat(session.events()).containsExactly("10:05 +1000", "10:08 +100");
        assertThat(session.rows()).containsExactly("0 energy", "glitch", "noise", "1 energy");
    }

    @Test
    void aLoneRiseIsAGlitch() {
        var session = session().energy("10:06", "900000").energy("10:07", "2183");
        assertThat(session.events()).containsExactly("10:05 +1000", "10:07 +183");
        assertThat(session.rows()).containsExactly("0 energy", "glitch", "1 energy");
    }

    @Test
    void aReadingThatTheNextPutsBackBetweenItAndTheLevelIsTheOutlier() {
        var session = session().energy("10:06", "1500").energy("10:07", "1600");
        assertThat(session.events()).containsExactly("10:06 +500", "10:07 +100"); // 1500−1000, 1600−1500
        assertThat(session.rows()).containsExactly("glitch", "0 energy", "1 energy");
    }

    @Test
    void aRiseBeforeAResetIsNoGlitch() {
        var session = session().energy("10:06", "2183").energy("10:07", "0").energy("10:08", "100");
        assertThat(session.events()).containsExactly("10:05 +1000", "10:06 +183", "10:07 +0 meter_reset", "10:08 +100");
    }

    @Test
    void aFallAtTheEndWaitsForTheNextReading() {
        var session = session().energy("10:06", "0");
        assertThat(session.events()).containsExactly("10:05 +1000");
        assertThat(session.rows()).containsExactly("0 energy", "undecided");
    }

    @Test
    void aRiseAtTheEndCountsUntilItIsContradicted() {
        var session = session().energy("10:06", "90000");
        // 88 000 Wh in one minute are 5.28 MW
        assertThat(session.events()).containsExactly("10:05 +1000", "10:06 +88000 implausible");
        session.energy("10:07", "2183");
        assertThat(session.events()).containsExactly("10:05 +1000", "10:07 +183");
    }

    @Test
    void aFallOfFiftyWattHoursIsNoise() {
        var session = session().energy("10:06", "1950").energy("10:07", "1951").energy("10:08", "2010");
        assertThat(session.events()).containsExactly("10:05 +1000", "10:08 +10");
        assertThat(session.rows()).containsExactly("0 energy", "noise", "noise", "1 energy");
    }

    @Test
    void aFallOfALittleMoreThanFiftyWattHoursCanBeAReset() {
        var session =
                session().energy("10:06", "2000").energy("10:07", "1949.999").energy("10:08", "1949.999");
        assertThat(session.events()).containsExactly("10:05 +1000", "10:07 +0 meter_reset");
    }

    @Test
    void twoFallsInARowAreTwoResets() {
        var session = session().energy("10:06", "500").energy("10:07", "0").energy("10:08", "40");
        assertThat(session.events())
                .containsExactly("10:05 +1000", "10:06 +0 meter_reset", "10:07 +0 meter_reset", "10:08 +40");
    }

    @Test
    void everySecondReadingZeroMakesGlitchesOnly() {
        var session = session()
                .energy("10:06", "0")
                .energy("10:07", "2100")
                .energy("10:08", "0")
                .energy("10:09", "2200");
        assertThat(session.events()).containsExactly("10:05 +1000", "10:07 +100", "10:09 +100");
    }

    @Test
    void theClosingEventMakesUpForAReset() {
        var session = session().energy("10:06", "0").energy("10:07", "1500").stop("10:08", "1600");
        // 1600−1000 = 600; so far 1000 + 0 + 1500 = 2500; 600−2500 = −1900
        assertThat(session.events())
                .containsExactly(
                        "10:05 +1000", "10:06 +0 meter_reset", "10:07 +1500", "10:08 -1900 reset_correction final");
    }

    @Test
    void aLowStopValueIsNeverAReset() {
        var session = session().energy("10:06", "3000").stop("10:07", "1100");
        // 1100−1000 = 100; 100−2000 = −1900
        assertThat(session.events()).containsExactly("10:05 +1000", "10:06 +1000", "10:07 -1900 correction final");
    }
}
