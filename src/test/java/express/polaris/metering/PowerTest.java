package express.polaris.metering;

import static express.polaris.metering.Session.value;
import static express.polaris.metering.Session.withPhase;
import static express.polaris.metering.Session.withUnit;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Power;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PowerTest {

    private static MeterEvent last(Session session) {
        return session.series().events().getLast();
    }

    @Test
    void measuredPowerBelongsToTheEventAtItsInstant() {
        var session =
                new Session().energy("10:01", "1100").power("10:01", "7400.5").soc("10:01", "61");
        assertThat(last(session).power()).contains(Power.ofWatts(new BigDecimal("7400.5")));
        assertThat(last(session).powerDerived()).isFalse();
        assertThat(last(session).soc()).contains(new BigDecimal("61"));
        assertThat(session.rows()).containsExactly("0 energy", "0 power", "0 soc");
    }

    @Test
    void kilowattsAreConvertedToWatts() {
        var session =
                new Session().energy("10:01", "1100").row(withUnit(value("10:01", "Power.Active.Import", "7.4"), "kW"));
        assertThat(last(session).power()).contains(Power.ofWatts(7400));
    }

    @Test
    void phasePowersAreAddedUpUnlessATotalExists() {
        var session = new Session()
                .energy("10:01", "1100")
                .row(withPhase(value("10:01", "Power.Active.Import", "2000"), "L1-N"))
                .row(withPhase(value("10:01", "Power.Active.Import", "2100"), "L2-N"));
        assertThat(last(session).power()).contains(Power.ofWatts(4100)); // 2000 + 2100
        session.power("10:01", "4000");
        assertThat(last(session).power()).contains(Power.ofWatts(4000));
    }

    @Test
    void powerIsNeverNegative() {
        var session = new Session().energy("10:01", "1100").power("10:01", "-3000");
        assertThat(last(session).power()).contains(Power.ZERO);
    }

    @Test
    void missingPowerIsDerivedFromTheLastTwoEnergyReadings() {
        var session = new Session().energy("10:05", "1001").energy("10:06", "1101");
        assertThat(last(session).power()).contains(Power.ofWatts(6000)); // 100 Wh in 60 s
        assertThat(last(session).powerDerived()).isTrue();
    }

    @Test
    void aPowerReadingWithoutEnergyMakesAnEventAtMostOnceAMinute() {
        var session = new Session()
                .power("10:00", "0")
                .power("10:00:30", "7000")
                .power("10:01", "7100")
                .power("10:01:59", "7200")
                .power("10:02", "7300");
        assertThat(session.events()).containsExactly("10:01 +0", "10:02 +0");
        assertThat(session.rows()).containsExactly("no_event", "no_event", "0 power", "no_event", "1 power");
    }

    @Test
    void powerWithUnchangedEnergyMakesNoEvent() {
        var session = new Session().energy("10:05", "1000").power("10:05", "0");
        assertThat(session.events()).isEmpty();
        assertThat(session.rows()).containsExactly("unchanged", "no_event");
    }

    @Test
    void powerAfterAnEndReadingMakesNoEvent() {
        var session = new Session().end("10:05", "1200").power("10:10", "0");
        assertThat(session.events()).containsExactly("10:05 +200 final");
    }

    @Test
    void powerEventsDoNotMakeAnEnergyStepImplausible() {
        var session = new Session()
                .connectorLimit(11_000)
                .energy("10:01", "1180")
                .power("10:02", "11000")
                .energy("10:02:01", "1363");
        // 183 Wh in the 61 s since the last energy, not in 1 s
        assertThat(session.events()).containsExactly("10:01 +180", "10:02 +0", "10:02:01 +183");
    }

    @Test
    void theLiveReadingIsTheLatestEvenIfItMadeNoEvent() {
        var session = new Session()
                .energy("10:05", "1200")
                .energy("10:06", "1200")
                .power("10:06", "0")
                .soc("10:06", "80.50");
        var live = session.series().live();
        assertThat(live)
                .isEqualTo(new MeterSeries.LiveReading(
                        Optional.of(Power.ZERO),
                        false,
                        Optional.of(new BigDecimal("80.5")),
                        Optional.of(Session.at("10:06"))));
    }

    @Test
    void livePowerIsDerivedOnceMeasuredPowerIsOutdated() {
        var session = new Session()
                .energy("10:05", "1200")
                .power("10:05", "7000")
                .energy("10:06", "1300")
                .energy("10:07", "1350");
        assertThat(session.series().live().power()).contains(Power.ofWatts(3000)); // 50 Wh in 60 s
        assertThat(session.series().live().powerDerived()).isTrue();
    }

    @Test
    void thereAreNoLiveValuesWithoutReadings() {
        var live = new Session().series().live();
        assertThat(live.at()).isEmpty();
        assertThat(live.power()).isEmpty();
    }

    @Test
    void aStateOfChargeOutside0To100IsIgnored() {
        var session = new Session().soc("10:05", "101").soc("10:06", "-1").soc("10:07", "1E99999");
        assertThat(session.series().live().soc()).isEmpty();
        assertThat(session.rows())
                .containsExactly(
                        "unreadable: state of charge outside 0 to 100",
                        "unreadable: state of charge outside 0 to 100",
                        "unreadable: exponent beyond ±30");
    }
}
