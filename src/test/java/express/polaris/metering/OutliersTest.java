package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Outliers of a register, and the events that result. */
class OutliersTest {

    private static Session session() {
        return new Session().energy("10:05", "2001");
    }

    @Test
    void twoReadingsProveAFallToNearZero() {
        var session = session().energy("10:06", "0").energy("10:07", "183");
        // 2001−1000, then no energy, then 183−0
        assertThat(session.events()).containsExactly("10:05 +1001", "10:06 +0 meter_reset", "10:07 +183");
        assertThat(session.series().events().get(1).meterFrom().wattHours()).isEqualByComparingTo("2001");
        assertThat(session.series().events().get(1).meterTo().wattHours()).isZero();
    }

    @Test
    void threeReadingsProveAFallToAnotherLevel() {
        var session = new Session().startValue(50_000).energy("10:05", "51001").energy("10:06", "20000");
        session.energy("10:07", "20100");
        assertThat(session.events()).containsExactly("10:05 +1001");
        assertThat(session.rows()).containsExactly("0 energy", "undecided", "undecided");
        session.energy("10:08", "20200");
        assertThat(session.events()).containsExactly("10:05 +1001", "10:06 +0 meter_reset", "10:07 +100", "10:08 +100");
    }

    @Test
    void aRegisterThatRestartsAtEachPauseKeepsAccumulating() {
        var session = new Session()
                .startValue(0)
                .energy("10:10", "5000")
                .energy("10:20", "9000")
                .energy("10:30", "100")
                .energy("10:35", "1100")
                .energy("10:40", "2100")
                .energy("10:45", "60")
                .energy("10:50", "1060")
                .energy("10:55", "2060");
        // 9000 + (2100−100) + (2060−60)
        assertThat(session.series().measured().wattHours()).isEqualByComparingTo("13000");
    }

    @Test
    void aSingleFallIsLeftOut() {
        var session = session().energy("10:06", "0").energy("10:07", "2183");
        assertThat(session.events()).containsExactly("10:05 +1001", "10:07 +182");
        assertThat(session.rows()).containsExactly("0 energy", "outlier", "1 energy");
    }

    @Test
    void aRunOfZerosOfAnyLengthIsLeftOut() {
        var session = session();
        for (int minute = 10; minute < 40; minute++) {
            session.energy("10:" + minute, "0");
        }
        session.energy("10:40", "2183").energy("10:41", "2283");
        // two resets would cost 19 + 25, the run of zeros costs 10
        assertThat(session.events()).containsExactly("10:05 +1001", "10:40 +182", "10:41 +100");
    }

    @Test
    void aFallThatReturnsWithinTheNoiseIsLeftOut() {
        var session = session().energy("10:06", "0").energy("10:07", "1960").energy("10:08", "2103");
        assertThat(session.events()).containsExactly("10:05 +1001", "10:08 +102");
        assertThat(session.rows()).containsExactly("0 energy", "outlier", "noise", "1 energy");
    }

    @Test
    void aSpikeIsLeftOut() {
        var session = session().energy("10:06", "900003").energy("10:07", "2183");
        assertThat(session.events()).containsExactly("10:05 +1001", "10:07 +182");
        assertThat(session.rows()).containsExactly("0 energy", "outlier", "1 energy");
    }

    @Test
    void aSpikeAtTheEndIsUndecidedUntilThreeReadingsProveIt() {
        var session = session().energy("10:06", "900003");
        assertThat(session.events()).containsExactly("10:05 +1001");
        assertThat(session.rows()).containsExactly("0 energy", "undecided");
        session.energy("10:07", "900103").energy("10:08", "900203");
        assertThat(session.events())
                .containsExactly("10:05 +1001", "10:06 +0 implausible meter_reset", "10:07 +100", "10:08 +100");
    }

    @Test
    void interleavedReadingsOfASecondRegisterAddNoEnergy() {
        var session = new Session().startValue(7_912_000);
        for (int minute = 10; minute < 20; minute++) {
            session.energy("10:" + minute, String.valueOf(7_912_000 + minute * 17))
                    .energy("10:" + minute + ":30", String.valueOf(7_930_000 + minute * 17));
        }
        // 19 × 17
        assertThat(session.series().measured().wattHours()).isEqualByComparingTo("323");
    }

    @Test
    void theRegisterThatContinuesTheStartValueCountsWhenTwoShareAnInstant() {
        var session = new Session()
                .energy("10:05", "1101")
                .energy("10:05", "19838", value -> Session.withContext(value, "Sample.Clock"))
                .energy("10:10", "1202")
                .energy("10:10", "19939", value -> Session.withContext(value, "Sample.Clock"));
        assertThat(session.events()).containsExactly("10:05 +101", "10:10 +101");
        assertThat(session.rows()).containsExactly("0 energy", "superseded", "1 energy", "superseded");
    }

    @Test
    void aRiseBeforeAResetCounts() {
        var session = session().energy("10:06", "2183").energy("10:07", "0").energy("10:08", "101");
        assertThat(session.events()).containsExactly("10:05 +1001", "10:06 +182", "10:07 +0 meter_reset", "10:08 +101");
    }

    @Test
    void aFallOfFiftyWattHoursIsNoise() {
        var session = session().energy("10:06", "1951").energy("10:07", "1952").energy("10:08", "2011");
        assertThat(session.events()).containsExactly("10:05 +1001", "10:08 +10");
        assertThat(session.rows()).containsExactly("0 energy", "noise", "noise", "1 energy");
    }

    @Test
    void aCoarseRegisterMayFallByOneOfItsSteps() {
        var session = new Session().startValue(100_000);
        for (int minute = 10; minute < 20; minute++) {
            session.energy("10:" + minute, minute == 15 ? "100000" : "101000");
        }
        assertThat(session.events()).containsExactly("10:10 +1000");
    }

    @Test
    void alternatingZerosAreLeftOut() {
        var session = session()
                .energy("10:06", "0")
                .energy("10:07", "2103")
                .energy("10:08", "0")
                .energy("10:09", "2204");
        assertThat(session.events()).containsExactly("10:05 +1001", "10:07 +102", "10:09 +101");
    }

    @Test
    void theClosingEventCorrectsForAReset() {
        var session = session().energy("10:06", "0").energy("10:07", "1503").stop("10:08", "1600");
        // 1600−1000 = 600; the stop fits the register after the reset, so its step is 97, and 600−1001−1503 = −1904
        assertThat(session.events())
                .containsExactly(
                        "10:05 +1001", "10:06 +0 meter_reset", "10:07 +1503", "10:08 -1904 reset_correction final");
        assertThat(session.series().dispute()).contains(Dispute.STEVE_SMALLER);
    }

    @Test
    void aLowStopValueIsLeftOutOfThePath() {
        var session = session().energy("10:06", "3002").stop("10:07", "1100");
        // 1100−1000 = 100; 100−2002 = −1902
        assertThat(session.events()).containsExactly("10:05 +1001", "10:06 +1001", "10:07 -1902 correction final");
        assertThat(session.series().measured().wattHours()).isEqualByComparingTo("2002");
        assertThat(session.series().dispute()).contains(Dispute.STEVE_SMALLER);
    }

    @Test
    void readingsAboveTheStopValueAreCappedAtIt() {
        var session = new Session().energy("10:05", "2004.1").stop("10:06", "2000");
        assertThat(session.events()).containsExactly("10:05 +1000", "10:06 +0 final");
        assertThat(session.series().dispute()).isEmpty();
    }

    @Test
    void aStartValueOfZeroOnALifetimeRegisterIsDisputed() {
        var session = new Session()
                .startValue(0)
                .energy("10:01", "5012341")
                .energy("10:02", "5012521")
                .energy("10:03", "5012701");
        assertThat(session.events()).containsExactly("10:01 +0 implausible meter_reset", "10:02 +180", "10:03 +180");
        session.stop("10:28", "5019340");
        assertThat(session.series().dispute()).contains(Dispute.STEVE_LARGER);
    }

    @Test
    void twoThousandKilowattHoursWithoutAReadingAreDisputed() {
        var session = new Session().startValue(0).now("20:00").stop("18:00", "2000000");
        // at most 300 kWh at once without an entered limit
        assertThat(session.series().dispute()).contains(Dispute.STEVE_LARGER);
        assertThat(session.connectorLimit(350_000).series().dispute()).isEmpty(); // 8 h × 350 kW
        assertThat(session.connectorLimit(22_000).series().dispute()).contains(Dispute.STEVE_LARGER);
    }

    @Test
    void aSessionRegisterBesideALifetimeStartValueIsNotDisputed() {
        var session = new Session()
                .startValue(4_076_334)
                .energy("10:01", "104")
                .energy("10:02", "228")
                .energy("10:03", "353")
                .stop("10:09", "4076834");
        assertThat(session.series().dispute()).isEmpty();
    }

    @Test
    void aConfirmedJumpCountsAsEnergy() {
        var session = new Session()
                .startValue(0)
                .energy("10:01", "5012341")
                .energy("10:02", "5012521")
                .jumpsUntil("10:02");
        assertThat(session.events()).containsExactly("10:01 +5012341", "10:02 +180");
    }
}
