package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TypedTextTest {

    @Test
    void aCommaIsADecimalSeparatorUnlessItIsAmbiguous() {
        assertThat(TypedText.number(" 0,25 ")).isEqualTo("0.25");
        assertThat(TypedText.number("0,125")).isEqualTo("0.125");
        assertThat(TypedText.number("9,90")).isEqualTo("9.90");
        assertThat(TypedText.number("1,000")).isEqualTo("1,000");
        assertThat(TypedText.number("1,000.50")).isEqualTo("1,000.50");
        assertThat(TypedText.decimal("1,000")).isEmpty();
        assertThat(TypedText.decimal("1e9")).isEmpty();
        assertThat(TypedText.decimal("-1")).isEmpty();
    }

    @Test
    void aLocalTimeIsReadInTheGivenZone() {
        var berlin = ZoneId.of("Europe/Berlin");
        assertThat(TypedText.instant("2026-05-01T00:00", berlin)).isEqualTo("2026-05-01T00:00+02:00");
        assertThat(TypedText.instant("soon", berlin)).isEqualTo("soon");
    }
}
