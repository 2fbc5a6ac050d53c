package express.polaris.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCursorTest {

    @Test
    void anEncodedCursorIsDecodedUnchanged() {
        var cursor = new SessionCursor(Instant.parse("2026-11-22T10:00:00.123456Z"), new SessionId(4711));
        assertThat(SessionCursor.parse(cursor.encoded())).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.2",
                "1.2.3.4",
                "a.0.1",
                "1.0.-1",
                "1.0.0",
                "1.0.x",
                "99999999999999999999.0.1",
                // Instants outside the range of the database.
                "31556889864403199.999999999.1",
                "-31557014167219200.0.1",
                "9999999999999.0.1"
            })
    void whatIsNoPlaceInTheListIsNoCursor(String text) {
        var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        assertThat(SessionCursor.parse(encoded)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "ä", "a b", "=====", "\0"})
    void whatIsNotBase64IsNoCursor(String text) {
        assertThat(SessionCursor.parse(text)).isEmpty();
        assertThat(SessionCursor.parse("A".repeat(201))).isEmpty();
    }
}
