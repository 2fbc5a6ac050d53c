package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowWindowTest {

    private static final int FEW = 50;
    private static final int MANY = 200;

    @Test
    void theLastFewRowsAreShownByDefault() {
        var shown = window("").of(1_000);
        assertThat(shown).isEqualTo(new RowWindow.Shown(950, 1_000, 1_000, FEW));
        assertThat(shown.older()).contains("950");
        assertThat(shown.newer()).isEmpty();
    }

    @Test
    void olderAndNewerLinksCoverAllRows() {
        var first = window("950").of(1_000);
        assertThat(first).isEqualTo(new RowWindow.Shown(750, 950, 1_000, MANY));
        var oldest = window("150").of(1_000);
        assertThat(oldest).isEqualTo(new RowWindow.Shown(0, 150, 1_000, MANY));
        assertThat(oldest.older()).isEmpty();
        assertThat(oldest.newer()).contains("350");
        assertThat(first.newer()).contains("1000");
    }

    @Test
    void allShowsAtMostOnePageOfRows() {
        assertThat(window("all").of(120).size()).isEqualTo(120);
        assertThat(window("all").of(1_000).size()).isEqualTo(MANY);
    }

    @Test
    void invalidPositionsAndThoseBeyondTheEndShowTheLastRows() {
        for (var parameter : new String[] {"-1", "0", "x", "99999999999", "1e3"}) {
            assertThat(window(parameter)).as(parameter).isEqualTo(new RowWindow(Optional.empty(), FEW));
        }
        assertThat(window("5000").of(1_000)).isEqualTo(new RowWindow.Shown(800, 1_000, 1_000, MANY));
        assertThat(window("7").of(0)).isEqualTo(new RowWindow.Shown(0, 0, 0, MANY));
    }

    private static RowWindow window(String parameter) {
        return RowWindow.parse(parameter, FEW, MANY);
    }
}
