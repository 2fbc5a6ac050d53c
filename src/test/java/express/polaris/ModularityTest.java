package express.polaris;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** Modules and their inner packages use only what they declare; the documentation's picture of them is up to date. */
class ModularityTest {

    private static final String ROOT = PolarisExpress.class.getPackageName() + ".";
    private static final ApplicationModules MODULES = ApplicationModules.of(PolarisExpress.class);
    private static final Path DOCUMENT = Path.of("docs/architecture.md");
    private static final Path DRAWN = Path.of("target/modules.mermaid");

    /** The package of the precompiled templates is generated and declares nothing. */
    private static final String TEMPLATES = "templates";

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        MODULES.verify();
    }

    @Test
    void innerPackagesUseOnlyWhatTheyDeclare() {
        var violations = new TreeSet<String>();
        for (var type : classes()) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                innerViolation(dependency).ifPresent(violations::add);
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void everyInnerPackageDeclaresWhatItMayUse() {
        var undeclared = new TreeSet<String>();
        for (var type : classes()) {
            if (isInner(type) && !type.getPackage().isAnnotatedWith(InnerPackage.class)) {
                undeclared.add(type.getPackageName());
            }
        }
        assertThat(undeclared).isEmpty();
    }

    @Test
    void thePictureInTheDocumentationIsUpToDate() throws IOException {
        var picture = picture();
        Files.createDirectories(DRAWN.getParent());
        Files.writeString(DRAWN, picture);
        assertThat(Files.readString(DOCUMENT))
                .as("the mermaid block of " + DOCUMENT + "; the current one is in " + DRAWN)
                .contains("```mermaid\n" + picture + "```\n");
    }

    private static List<JavaClass> classes() {
        return MODULES.stream()
                .flatMap(module -> module.getBasePackage().stream())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    /** A dependency between two packages of one module that the origin does not declare. */
    private static Optional<String> innerViolation(Dependency dependency) {
        var origin = dependency.getOriginClass();
        var target = dependency.getTargetClass();
        boolean sameModule = module(origin).equals(module(target));
        boolean samePackage = origin.getPackageName().equals(target.getPackageName());
        if (!isInner(origin) || !sameModule || samePackage || target.isAnnotation()) {
            return Optional.empty();
        }
        var mayUse = origin.getPackage().getAnnotationOfType(InnerPackage.class).mayUse();
        return Set.of(mayUse).contains(inner(target))
                ? Optional.empty()
                : Optional.of(origin.getPackageName() + " may not use " + inner(target) + ": " + origin.getSimpleName()
                        + " uses " + target.getSimpleName());
    }

    /** The module's name; empty for a class of the root package or of a library. */
    private static String module(JavaClass type) {
        var parts = path(type);
        return parts.length == 0 || parts[0].equals(TEMPLATES) ? "" : parts[0];
    }

    private static boolean isInner(JavaClass type) {
        return !module(type).isEmpty() && path(type).length > 1;
    }

    /** The last name of a type's package within its module; {@code "."} for the base package. */
    private static String inner(JavaClass type) {
        var parts = path(type);
        return parts.length == 1 ? "." : parts[parts.length - 1];
    }

    private static String[] path(JavaClass type) {
        var name = type.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.") : new String[0];
    }

    /**
     * An arrow from each module to each module it uses. Left out: {@code units} and {@code platform}, which nearly
     * all use, and each arrow that a longer way of arrows already shows.
     */
    private static String picture() {
        var used = uses();
        var arrows = new TreeSet<String>();
        used.forEach((module, direct) -> direct.stream()
                .filter(one -> direct.stream().noneMatch(other -> !other.equals(one) && reaches(other, one, used)))
                .forEach(one -> arrows.add("    " + module + " --> " + one)));
        return arrows.stream().collect(joining("\n", "graph TD\n", "\n"));
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> used) {
        var direct = used.getOrDefault(from, Set.of());
        return direct.contains(to) || direct.stream().anyMatch(next -> reaches(next, to, used));
    }

    private static Map<String, Set<String>> uses() {
        return MODULES.stream()
                .filter(module -> drawn(name(module)))
                .collect(toMap(ModularityTest::name, ModularityTest::uses, (one, same) -> one, TreeMap::new));
    }

    private static Set<String> uses(ApplicationModule module) {
        return module.getDirectDependencies(MODULES)
                .uniqueModules()
                .map(ModularityTest::name)
                .filter(ModularityTest::drawn)
                .collect(toCollection(TreeSet::new));
    }

    private static boolean drawn(String module) {
        return !Set.of("units", "platform", TEMPLATES).contains(module);
    }

    private static String name(ApplicationModule module) {
        return module.getIdentifier().toString();
    }
}
