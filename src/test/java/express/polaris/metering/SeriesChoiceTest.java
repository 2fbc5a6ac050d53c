package express.polaris.metering;

import static express.polaris.metering.Session.value;
import static express.polaris.metering.Session.withContext;
import static express.polaris.metering.Session.withLocation;
import static express.polaris.metering.Session.withPhase;
import static express.polaris.metering.Session.withUnit;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesChoiceTest {

    @Test
    void aRegisterIsPreferredToIntervals() {
        var session = new Session().interval("10:05", "190").energy("10:05", "1200");
        assertThat(session.events()).containsExactly("10:05 +200");
        assertThat(session.rows()).containsExactly("other_series", "0 energy");
    }

    @Test
    void intervalsAreAccumulated() {
        var session =
                new Session().interval("10:05", "150").interval("10:10", "0").interval("10:15", "150.5");
        assertThat(session.events()).containsExactly("10:05 +150", "10:15 +150.5");
        // 1000 + 150 + 0 + 150.5
        assertThat(session.series().events().getLast().meterTo().wattHours()).isEqualByComparingTo("1300.5");
    }

    @Test
    void intervalsSentTwiceCountOnce() {
        var session = new Session().interval("10:05", "150").interval("10:05", "150");
        assertThat(session.events()).containsExactly("10:05 +150");
        assertThat(session.rows()).containsExactly("0 energy", "duplicate");
    }

    @Test
    void clockAlignedIntervalsDoNotCountEnergyTwice() {
        var clock = withContext(value("10:15", "Energy.Active.Import.Interval", "450"), "Sample.Clock");
        assertThat(new Session().row(clock).events()).containsExactly("10:15 +450");
        var both = new Session().interval("10:05", "150").row(clock);
        assertThat(both.events()).containsExactly("10:05 +150");
        assertThat(both.rows()).containsExactly("0 energy", "other_series");
    }

    @Test
    void aTotalIsPreferredToPhases() {
        var session = new Session().phases("10:05", "400", "400", "400").energy("10:05", "1201");
        assertThat(session.events()).containsExactly("10:05 +201");
        assertThat(session.rows()).containsExactly("other_series", "other_series", "other_series", "0 energy");
    }

    @Test
    void phasesAreAddedUp() {
        var session = new Session().phases("10:05", "400", "401", "402"); // 1203−1000
        assertThat(session.events()).containsExactly("10:05 +203");
        assertThat(session.rows()).containsExactly("0 energy", "0 energy", "0 energy");
    }

    @Test
    void eachPhaseIsDifferencedSeparately() {
        var session = new Session()
                .phases("10:05", "400", "400", "400")
                .energy("10:06", "500", value -> withPhase(value, "L1"))
                .energy("10:06", "500", value -> withPhase(value, "L2"))
                .phases("10:07", "500", "500", "500");
        // L3 arrives late: 100 + 100, then its 100
        assertThat(session.events()).containsExactly("10:05 +200", "10:06 +200", "10:07 +100");
    }

    @Test
    void aPhaseThatAppearsLaterAddsOnlyItsEnergyFromThenOn() {
        var session = new Session()
                .energy("10:05", "1200", value -> withPhase(value, "L1"))
                .phases("10:06", "1300", "800000", "900000")
                .phases("10:07", "1400", "800100", "900100");
        assertThat(session.events()).containsExactly("10:05 +200", "10:06 +100", "10:07 +300");
    }

    @Test
    void aTotalSentOnlyOnceDoesNotHideThePhases() {
        var session = new Session()
                .energy("10:00", "1000", value -> withContext(value, "Transaction.Begin"))
                .phases("10:05", "400", "400", "400")
                .phases("10:06", "500", "500", "500");
        assertThat(session.events()).containsExactly("10:05 +200", "10:06 +300");
        assertThat(session.rows()).startsWith("other_series");
    }

    @Test
    void aSeriesThatStopsIsReplacedByTheOneThatContinues() {
        var session = new Session()
                .energy("10:05", "1200")
                .energy("10:06", "1300")
                .phases("10:07", "500", "500", "400")
                .phases("10:08", "600", "600", "500");
        assertThat(session.events()).containsExactly("10:05 +200", "10:06 +100");
        session.phases("10:09", "700", "700", "600");
        // the phases are three minutes newer, more than two intervals
        assertThat(session.events()).containsExactly("10:07 +400", "10:08 +300", "10:09 +300");
    }

    @Test
    void anEndReadingOfTheRegisterIsFinalEvenIfIntervalsAreUsed() {
        var session =
                new Session().interval("10:05", "150").interval("10:10", "150").end("10:12", "1350");
        assertThat(session.events()).containsExactly("10:05 +150", "10:10 +150", "10:12 +50 final");
    }

    @Test
    void anImpossiblyLargeIntervalIsLeftOut() {
        var session = new Session()
                .interval("10:05", "150")
                .interval("10:10", "5000000")
                .interval("10:15", "150");
        assertThat(session.events()).containsExactly("10:05 +150", "10:15 +150");
        assertThat(session.rows()).containsExactly("0 energy", "outlier", "1 energy");
    }

    @Test
    void aSinglePhaseIsUsedWhereOnlyOneIsSent() {
        var session = new Session().energy("10:05", "1200", value -> withPhase(value, "L1-N"));
        assertThat(session.events()).containsExactly("10:05 +200");
    }

    @Test
    void theNeutralConductorIsNotUsed() {
        var session = new Session()
                .energy("10:05", "1200", value -> withPhase(value, "L1-L2"))
                .energy("10:05", "1200", value -> withPhase(value, "N"));
        assertThat(session.rows()).containsExactly("0 energy", "not_used");
    }

    @Test
    void theOutletIsPreferredToOtherLocations() {
        var session = new Session()
                .energy("10:05", "1210", value -> withLocation(value, "Inlet"))
                .energy("10:05", "1200", value -> withLocation(value, "Outlet"))
                .energy("10:10", "1300");
        assertThat(session.events()).containsExactly("10:05 +200", "10:10 +100");
        assertThat(session.rows()).containsExactly("other_series", "0 energy", "1 energy");
    }

    @Test
    void anotherLocationIsUsedWhereNoOutletIsSent() {
        var session = new Session()
                .energy("10:05", "1190", value -> withLocation(value, "EV"))
                .energy("10:05", "1200", value -> withLocation(value, "Inlet"));
        assertThat(session.events()).containsExactly("10:05 +200");
    }

    @Test
    void anUnreadablePreferredSeriesDoesNotHideAReadableOne() {
        var session = new Session().energy("10:05", "").interval("10:05", "150");
        assertThat(session.events()).containsExactly("10:05 +150");
        assertThat(session.rows()).containsExactly("unreadable: empty", "0 energy");
    }

    @Test
    void wattHoursAndKilowattHoursFormOneSeries() {
        var session = new Session()
                .energy("10:05", "1.2", value -> withUnit(value, "kWh"))
                .energy("10:10", "1300", value -> withUnit(value, "Wh"))
                .energy("10:15", "1400", value -> withUnit(value, ""));
        assertThat(session.events()).containsExactly("10:05 +200", "10:10 +100", "10:15 +100");
    }

    @Test
    void exportedAndReactiveEnergyIsNotUsed() {
        var session = new Session()
                .row(value("10:05", "Energy.Active.Export.Register", "5000"))
                .row(value("10:05", "Energy.Reactive.Import.Register", "5000"));
        assertThat(session.events()).isEmpty();
        assertThat(session.rows()).containsExactly("not_used", "not_used");
    }
}
