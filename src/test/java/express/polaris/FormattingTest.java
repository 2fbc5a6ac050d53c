package express.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Checks that every Java file is formatted by palantir-java-format. {@code ./mvnw test -Dtest=FormattingTest
 * -Dpolaris.format=write} reformats the files that are not.
 */
class FormattingTest {

    private static final boolean WRITE = "write".equals(System.getProperty("polaris.format"));

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    @Test
    void everyFileIsFormatted() throws Exception {
        var different = new ArrayList<Path>();
        for (var file : sources()) {
            var source = Files.readString(file);
            var formatted = formatted(source);
            if (!formatted.equals(source)) {
                different.add(file);
                if (WRITE) {
                    Files.writeString(file, formatted);
                }
            }
        }
        if (!WRITE) {
            assertThat(different)
                    .as("files to rewrite with ./mvnw test -Dtest=FormattingTest -Dpolaris.format=write")
                    .isEmpty();
        }
    }

    private String formatted(String source) throws FormatterException {
        var ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.PALANTIR);
        return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
    }

    private static List<Path> sources() throws IOException {
        var files = new ArrayList<Path>();
        for (var root : List.of("src/main/java", "src/test/java")) {
            try (var paths = Files.walk(Path.of(root))) {
                paths.filter(path -> path.toString().endsWith(".java")).sorted().forEach(files::add);
            }
        }
        return files;
    }
}
