package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PathIdTest {

    private static String segment(String id) {
        var path = PathId.under("/x", id);
        assertThat(path).startsWith("/x/");
        return URLDecoder.decode(path.substring(3), StandardCharsets.UTF_8);
    }

    @Test
    void mostIdsAppearUnencodedInAnAddress() {
        assertThat(PathId.under("/operator/chargers", "CP5")).isEqualTo("/operator/chargers/CP5");
        assertThat(PathId.under("/operator/plans", "Zähler 1")).isEqualTo("/operator/plans/Z%C3%A4hler%201");
        assertThat(PathId.under("/x", "A/B")).isEqualTo("/x/~QS9C");
    }

    @Test
    void ambiguousIdsAreEncoded() {
        for (var id : List.of("A/B", "..", ".", "new", "preview", "50%", "a;b", "~", "~QS9C", "a\\b", "?", "#")) {
            assertThat(PathId.under("/x", id)).matches("/x/~[A-Za-z0-9_-]*");
        }
    }

    @Test
    void onlyTheCanonicalEncodingOfAnIdIsDecoded() {
        assertThat(PathId.valueOf("~Q1A1").text())
                .as("Base64 of CP5, which needs none")
                .isEqualTo("~Q1A1");
        assertThat(PathId.valueOf("~!").text()).isEqualTo("~!");
    }

    @Property
    void everyIdSurvivesARoundTrip(@ForAll String text) {
        var id = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(PathId.valueOf(segment(id)).text()).isEqualTo(id);
    }
}
