package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TypedTest {

    @Test
    void aCommaIsADecimalSeparatorUnlessItIsAmbiguous() {
        assertThat(Typed.number(" 0,25 ")).isEqualTo("0.25");
        assertThat(Typed.number("0,125")).isEqualTo("0.125");
        assertThat(Typed.number("9,90")).isEqualTo("9.90");
        assertThat(Typed.number("1,000")).isEqualTo("1,000");
        assertThat(Typed.number("1,000.50")).isEqualTo("1,000.50");
        assertThat(Typed.decimal("1,000")).isEmpty();
        assertThat(Typed.decimal("1e9")).isEmpty();
        assertThat(Typed.decimal("-1")).isEmpty();
    }

    @Test
    void aLocalTimeIsReadInTheGivenZone() {
        var berlin = ZoneId.of("Europe/Berlin");
        assertThat(Typed.instant("2026-05-01T00:00", berlin)).isEqualTo("2026-05-01T00:00+02:00");
        assertThat(Typed.instant("soon", berlin)).isEqualTo("soon");
    }
}
