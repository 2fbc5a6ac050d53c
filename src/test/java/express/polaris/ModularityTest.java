package express.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/**
 * Checks that modules use only their allowed dependencies and that the module diagram in the documentation matches the
 * code.
 */
class ModularityTest {

    private static final ApplicationModules MODULES = ApplicationModules.of(PolarisExpress.class);
    private static final Path DOCUMENT = Path.of("docs/architecture.md");
    private static final Path DRAWN = Path.of("target/modules.mermaid");

    @Test
    void modulesUseOnlyWhatTheyMayUse() {
        MODULES.verify();
    }

    @Test
    void theModuleDiagramInTheDocumentationIsCurrent() throws IOException {
        var picture = picture();
        Files.createDirectories(DRAWN.getParent());
        Files.writeString(DRAWN, picture);
        assertThat(Files.readString(DOCUMENT))
                .as("the mermaid block of " + DOCUMENT + "; today's is in " + DRAWN)
                .contains("```mermaid\n" + picture + "```\n");
    }

    /**
     * Draws an arrow from each module to each of its direct dependencies, except to {@code units}, which nearly all
     * use.
     */
    private static String picture() {
        var arrows = new TreeSet<String>();
        for (var module : MODULES) {
            module.getDirectDependencies(MODULES)
                    .uniqueModules()
                    .map(ModularityTest::name)
                    .filter(used -> !used.equals("units"))
                    .forEach(used -> arrows.add("    " + name(module) + " --> " + used));
        }
        return arrows.stream().collect(Collectors.joining("\n", "graph TD\n", "\n"));
    }

    private static String name(ApplicationModule module) {
        return module.getIdentifier().toString();
    }
}
