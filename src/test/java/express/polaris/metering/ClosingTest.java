package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosingTest {

    @Test
    void aSessionWithoutReadingsHasOnlyTheClosingEvent() {
        var session = new Session().stop("11:00", "8000");
        assertThat(session.events()).containsExactly("11:00 +7000 final"); // 8000−1000
        var closing = session.series().events().getFirst();
        assertThat(closing.measuredFrom()).isEqualTo(Session.at("10:00"));
        // 7000 Wh in one hour
        assertThat(closing.power().orElseThrow().watts()).isEqualByComparingTo("7000");
    }

    @Test
    void theClosingEventCarriesTheRemainingEnergy() {
        var session = new Session().energy("10:05", "1200.4").stop("10:10", "1300");
        assertThat(session.events()).containsExactly("10:05 +200.4", "10:10 +99.6 final"); // 300−200.4
    }

    @Test
    void anEndReadingBecomesTheClosingEventInTheSameRow() {
        var session = new Session().energy("10:05", "1200").end("10:10", "1290");
        assertThat(session.events()).containsExactly("10:05 +200", "10:10 +90 final");
        session.stop("10:11", "1300");
        assertThat(session.events()).containsExactly("10:05 +200", "10:11 +100 final");
        assertThat(session.rows()).containsExactly("0 energy", "1 closing");
    }

    @Test
    void anEndReadingOfZeroIsReplacedByTheStopValue() {
        var session = new Session().energy("10:05", "1200").end("10:10", "0").stop("10:10", "1300");
        assertThat(session.events()).containsExactly("10:05 +200", "10:10 +100 final");
        assertThat(session.rows()).containsExactly("0 energy", "1 closing");
    }

    @Test
    void aRegisterThatStartsAtZeroSurvivesAnEndReadingOfZero() {
        var session = new Session()
                .startValue(0)
                .energy("10:05", "5000")
                .end("10:10", "0")
                .stop("10:10", "5200");
        assertThat(session.events()).containsExactly("10:05 +5000", "10:10 +200 final");
    }

    @Test
    void readingsAfterTheEndReadingAreNotLost() {
        var session = new Session().end("10:05", "1200").energy("10:10", "1800").stop("10:15", "1900");
        assertThat(session.events()).containsExactly("10:05 +200", "10:10 +600", "10:15 +100 final"); // 1800−1200
        assertThat(session.rows()).containsExactly("0 energy", "1 energy");
    }

    @Test
    void readingsWithoutNewEnergyLeaveTheEndReadingFinal() {
        var session = new Session().end("10:05", "1200").energy("10:10", "1200").energy("10:40", "1200");
        assertThat(session.events()).containsExactly("10:05 +200 final");
        session.stop("10:50", "1200");
        // 35 minutes after the end reading, the last reading makes an event as a sign of life
        assertThat(session.events()).containsExactly("10:05 +200", "10:40 +0", "10:50 +0 final");
        assertThat(session.rows()).containsExactly("0 energy", "unchanged", "1 energy");
    }

    @Test
    void anEndReadingIsFinalWhileSteveStillHasItOpen() {
        var session = new Session().energy("10:05", "1200").end("10:06", "1200");
        assertThat(session.events()).containsExactly("10:05 +200", "10:06 +0 final");
    }

    @Test
    void moreEnergyAfterAnEndReadingIsNotFinal() {
        var session = new Session().end("10:05", "1200").energy("10:06", "1300");
        assertThat(session.events()).containsExactly("10:05 +200", "10:06 +100");
    }

    @Test
    void aSecondEndAfterTheStopMakesNoEvent() {
        var session = new Session().end("10:05", "1200").end("10:06", "1900").stop("10:05", "1200");
        assertThat(session.events()).containsExactly("10:05 +200 final");
        assertThat(session.rows()).containsExactly("0 closing", "after_stop");
    }

    @Test
    void anOrdinaryReadingAtTheStopKeepsItsOwnEvent() {
        var session = new Session().energy("10:05", "1200").stop("10:05", "1250");
        assertThat(session.events()).containsExactly("10:05 +200", "10:05 +50 final");
    }

    @Test
    void anEmptyEventAtTheStopIsReplacedByTheClosingEvent() {
        var session = new Session().power("10:05", "7000").stop("10:05", "1250");
        assertThat(session.events()).containsExactly("10:05 +250 final");
        assertThat(session.rows()).containsExactly("0 closing");
        assertThat(session.series().events().getFirst().power().orElseThrow().watts())
                .isEqualByComparingTo("7000");
    }

    @Test
    void aStopTimeFarAheadClosesAtTheLastReading() {
        var session = new Session().now("10:10").energy("10:05", "1200").stop("10:30", "1300");
        assertThat(session.events()).containsExactly("10:05 +200", "10:05 +100 final");
    }

    @Test
    void theClosingEventIsNeverBeforeItsPredecessor() {
        var session = new Session().now("10:10").energy("10:12", "1200").stop("10:30", "1300");
        assertThat(session.events()).containsExactly("10:12 +200", "10:12 +100 final");
    }

    @Test
    void aStopBeforeTheStartClosesAtTheStart() {
        var session = new Session().energy("10:05", "1200").stop("09:00", "1000");
        assertThat(session.events()).containsExactly("10:00 +0 final");
        assertThat(session.rows()).containsExactly("after_stop");
    }

    @Test
    void aMissingStopValueLeavesTheSessionWithoutAFinalReading() {
        var session = new Session().energy("10:05", "1200").end("10:10", "1300").stopWithoutValue("10:10");
        assertThat(session.events()).containsExactly("10:05 +200", "10:10 +100");
        assertThat(session.series().isUnclosable()).isTrue();
    }

    @Test
    void aStopValueBelowTheStartValueLeavesTheSessionWithoutAFinalReading() {
        var session = new Session().energy("10:05", "1200").stop("10:10", "400");
        assertThat(session.events()).containsExactly("10:05 +200");
        assertThat(session.series().isUnclosable()).isTrue();
    }

    @Test
    void anOpenSessionIsNotUnclosable() {
        assertThat(new Session().energy("10:05", "1200").series().isUnclosable())
                .isFalse();
    }

    @Test
    void aSessionWithoutEnergyClosesWithZero() {
        assertThat(new Session().stop("10:05", "1000").events()).containsExactly("10:05 +0 final");
    }
}
