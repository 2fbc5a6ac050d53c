package express.polaris.steve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteveSettingsTest {

    @Test
    void thePasswordIsNeverShown() {
        assertThat(SteveSettings.of(URI.create("http://host:8180/steve"), "api", "hunter2"))
                .asString()
                .contains("http://host:8180/steve", "api")
                .doesNotContain("hunter2");
    }

    @Test
    void aTrailingSlashMakesNoDifference() {
        assertThat(SteveSettings.of(URI.create("http://host:8180/steve/"), "api", "x"))
                .isEqualTo(SteveSettings.of(URI.create("http://host:8180/steve"), "api", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:8180/steve",
                "/steve",
                "ftp://host/steve",
                "http:///steve",
                "http://api:hunter2@host/steve",
                "http://host/steve?x=hunter2",
                "http://host/steve#x",
                "http://host/steve/api/v1/"
            })
    void anotherKindOfAddressIsRefusedWithoutRepeatingIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SteveSettings.of(URI.create(url), "api", "x"))
                .withMessageContaining("SteVe's base URL")
                .withMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b"})
    void aUsernameThatBasicCannotCarryIsRefused(String username) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SteveSettings.of(URI.create("http://host/steve"), username, "x"));
    }

    @Test
    void aLimitOfZeroIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SteveLimits(second, Duration.ZERO, second, second, second, 1, 1))
                .withMessageContaining("detailsTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SteveLimits(second, second, second, second, second, 1, 0))
                .withMessageContaining("maxListBytes");
    }

    @Test
    void aWindowIsWidenedToWholeMilliseconds() {
        Instant at = Instant.parse("2026-11-22T06:55:38.264500Z");

        assertThat(TransactionFilter.startedBetween(at, at).queries())
                .containsExactly(
                        "type=ALL&periodType=FROM_TO&from=2026-11-22T06:55:38.264Z&to=2026-11-22T06:55:38.265Z");
    }

    @Test
    void aWindowThatEndsBeforeItBeginsIsRefused() {
        Instant noon = Instant.parse("2026-11-22T12:00:00Z");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransactionFilter.startedBetween(noon, noon.minusSeconds(1)))
                .withMessage("The window ends before it starts (2026-11-22T12:00:00Z > 2026-11-22T11:59:59Z)");
    }
}
