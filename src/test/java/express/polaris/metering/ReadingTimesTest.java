package express.polaris.metering;

import static express.polaris.metering.Session.at;
import static express.polaris.metering.Session.withContext;
import static express.polaris.metering.Session.withFormat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which readings count, how readings at one instant are resolved, and when unchanged energy makes an event. */
class ReadingTimesTest {

    @Test
    void readingsBeforeTheStartMakeNoEvent() {
        var session = new Session()
                .energy("09:59:59.999", "900")
                .energy("10:00", "1000")
                .energy("10:01", "1100");
        assertThat(session.events()).containsExactly("10:01 +100");
        assertThat(session.rows()).containsExactly("before_start", "unchanged", "0 energy");
    }

    @Test
    void readingsAfterAKnownStopMakeNoEvent() {
        var session = new Session()
                .energy("10:05", "1200")
                .energy("10:05:00.001", "1300")
                .stop("10:05", "1200");
        assertThat(session.events()).containsExactly("10:05 +200", "10:05 +0 final");
        assertThat(session.rows()).containsExactly("0 energy", "after_stop");
    }

    @Test
    void readingsMoreThanFiveMinutesAheadAreHeldBack() {
        var session = new Session()
                .now("10:00")
                .energy("10:05", "1100")
                .energy("10:20", "1250")
                .energy("10:05:00.001", "1100.5");
        assertThat(session.events()).containsExactly("10:05 +100");
        assertThat(session.rows())
                .containsExactly(
                        "0 energy", "held_until: 2026-03-02T10:15:00Z", "held_until: 2026-03-02T10:00:00.001Z");
        assertThat(session.series().heldUntil()).contains(at("10:00:00.001"));
        assertThat(session.now("10:15").events()).containsExactly("10:05 +100", "10:05:00.001 +0.5", "10:20 +149.5");
        assertThat(session.series().heldUntil()).isEmpty();
    }

    @Test
    void theSmallerOfTwoValuesAtOneInstantCounts() {
        var session =
                new Session().energy("10:05", "1200").energy("10:05", "1210").energy("10:05", "1210");
        assertThat(session.events()).containsExactly("10:05 +200");
        assertThat(session.rows()).containsExactly("0 energy", "superseded", "duplicate");
    }

    @Test
    void theEndReadingAtAnInstantCountsEvenIfLower() {
        var session = new Session().energy("10:05", "1210").end("10:05", "1200");
        assertThat(session.events()).containsExactly("10:05 +200 final");
        assertThat(session.rows()).containsExactly("superseded", "0 energy");
    }

    @Test
    void aReadingSentTwiceCountsOnce() {
        var session = new Session()
                .energy("10:05", "1200")
                .energy("10:05", "1200.000", value -> withContext(value, "Sample.Periodic"));
        assertThat(session.events()).containsExactly("10:05 +200");
        assertThat(session.rows()).containsExactly("0 energy", "duplicate");
    }

    @Test
    void unchangedEnergyMakesAnEventAfterFifteenMinutes() {
        var session = new Session()
                .energy("10:05", "1200")
                .energy("10:19:59", "1200")
                .energy("10:20", "1200")
                .energy("10:30", "1199")
                .energy("10:35", "1199");
        assertThat(session.events()).containsExactly("10:05 +200", "10:20 +0", "10:35 +0");
        assertThat(session.rows()).containsExactly("0 energy", "unchanged", "1 energy", "noise", "2 energy");
        assertThat(session.series().events().getLast().meterTo().wattHours()).isEqualByComparingTo("1200");
    }

    @Test
    void signedDataIsIgnored() {
        var session = new Session().energy("10:05", "1200", value -> withFormat(value, "SignedData"));
        assertThat(session.events()).isEmpty();
        assertThat(session.rows()).containsExactly("signed_data");
    }

    @Test
    void anUnreadableValueKeepsItsReason() {
        var session = new Session().energy("10:05", "1E99999999").energy("10:06", "505,5");
        assertThat(session.rows())
                .containsExactly("unreadable: exponent beyond ±30", "unreadable: not a decimal number");
    }

    @Test
    void rowsOutOfOrderAreSorted() {
        var session = new Session().energy("10:10", "1300").energy("10:05", "1200");
        assertThat(session.events()).containsExactly("10:05 +200", "10:10 +100");
        assertThat(session.rows()).containsExactly("1 energy", "0 energy");
    }

    @Test
    void theSamplingIntervalIsTheMedianOfRecentGaps() {
        var session = new Session().energy("10:01", "1100").energy("10:02", "1100");
        assertThat(session.series().samplingInterval()).isEmpty();
        // gaps 60, 10, 50, 60 seconds
        session.energy("10:02:10", "1100").energy("10:03", "1100").energy("10:04", "1100");
        assertThat(session.series().samplingInterval()).contains(Duration.ofSeconds(60));
    }
}
