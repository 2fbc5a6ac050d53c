package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectorCeilingTest {

    @Test
    void aStepAboveOneAndAHalfTimesTheLimitIsImplausible() {
        // 11 kW × 1.5 × 60 s = 275 Wh
        var session =
                new Session().connectorLimit(11_000).energy("10:01", "1275").energy("10:02", "1550.001");
        assertThat(session.events()).containsExactly("10:01 +275", "10:02 +275.001 implausible");
    }

    @Test
    void anUnknownLimitIsFourHundredKilowatts() {
        // 400 kW × 1.5 × 60 s = 10 000 Wh
        var session = new Session().energy("10:01", "11000").energy("10:02", "21000.001");
        assertThat(session.events()).containsExactly("10:01 +10000", "10:02 +10000.001 implausible");
        assertThat(session.connectorLimit(0).events()).containsExactly("10:01 +10000", "10:02 +10000.001 implausible");
    }

    @Test
    void noTimeAtAllAllowsNoiseOnly() {
        assertThat(new Session().energy("10:00", "1050").events()).containsExactly("10:00 +50");
        assertThat(new Session().energy("10:00", "1050.001").events()).containsExactly("10:00 +50.001 implausible");
    }

    @Test
    void anImplausibleStepHasNoDerivedPower() {
        var session = new Session().energy("10:01", "900000");
        assertThat(session.series().events().getFirst().power()).isEmpty();
    }
}
