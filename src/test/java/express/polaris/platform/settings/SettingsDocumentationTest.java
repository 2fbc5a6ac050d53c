package express.polaris.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has exactly one row per setting and no others. */
class SettingsDocumentationTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(POLARIS_\\w+)`");

    @Test
    void theDocumentationListsExactlyTheExistingSettings() throws IOException {
        var documented = ROW.matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(SettingsReader.names());
    }
}
