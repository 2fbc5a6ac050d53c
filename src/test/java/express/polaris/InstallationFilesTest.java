package express.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Rules for the files with which the portal is installed: image, compose, Kubernetes and Debian package. */
class InstallationFilesTest {

    private static final Path OPS = Path.of("ops");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^(\\w+)=(.*)$");
    private static final Pattern SECRET = Pattern.compile(".*PASSWORD.*");

    @Test
    void everyVariableOfComposeIsInTheExample() throws IOException {
        var used = new TreeSet<String>();
        for (var file : List.of("compose.yaml", "compose.nodes.yaml")) {
            VARIABLE.matcher(read(file)).results().forEach(variable -> used.add(variable.group(1)));
        }
        // Secrets of databases come from the environment by name.
        ((Map<?, ?>) compose("compose.yaml").get("secrets"))
                .values()
                .forEach(secret -> used.add(text(secret, "environment")));
        assertThat(example().keySet()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void theExampleNamesSecretsAndFillsNoneIn() throws IOException {
        var secrets = example().entrySet().stream()
                .filter(entry -> SECRET.matcher(entry.getKey()).matches())
                .toList();
        assertThat(secrets)
                .hasSize(5)
                .allSatisfy(secret -> assertThat(secret.getValue()).isEmpty());
    }

    @Test
    void everySecretOfComposeIsRequired() throws IOException {
        var compose = read("compose.yaml");
        for (var name : example().keySet()) {
            if (SECRET.matcher(name).matches()) {
                assertThat(compose).as(name).contains("${" + name + ":?");
            }
        }
    }

    @Test
    void imagesArePinned() throws IOException {
        assertThat(services("compose.yaml").values()).allSatisfy(service -> {
            var image = text(service, "image");
            assertThat(image).matches(".+:.+").doesNotEndWith(":latest");
        });
        assertThat(text(service("steve"), "build", "context")).matches(".*\\.git#steve-\\d+\\.\\d+\\.\\d+");
        assertThat(Files.readString(Path.of("Dockerfile")).lines().filter(line -> line.startsWith("FROM ")))
                .isNotEmpty()
                .allMatch(line -> line.matches("FROM docker.io/library/[\\w-]+:\\d+-\\w+( AS \\w+)?"));
    }

    @Test
    void servicesWaitForTheHealthOfWhatTheyUse() throws IOException {
        for (var file : List.of("compose.yaml", "compose.nodes.yaml")) {
            for (var service : services(file).entrySet()) {
                if (service.getValue().get("depends_on") instanceof Map<?, ?> others) {
                    assertThat(others.values())
                            .as(service.getKey())
                            .allSatisfy(other ->
                                    assertThat(text(other, "condition")).isEqualTo("service_healthy"));
                }
            }
        }
        assertThat(((Map<?, ?>) service("caddy").get("depends_on")).containsKey("portal"))
                .isTrue();
        // The portal's own is in its image.
        assertThat(List.of("postgres", "steve", "mariadb"))
                .allSatisfy(name ->
                        assertThat(service(name).containsKey("healthcheck")).isTrue());
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("HEALTHCHECK");
    }

    @Test
    void onlyCaddyIsReachableFromOutside() throws IOException {
        assertThat(services("compose.yaml").entrySet().stream()
                        .filter(service -> service.getValue().containsKey("ports"))
                        .map(Map.Entry::getKey))
                .containsExactly("caddy");
        var trusted = text(service("portal"), "environment", "POLARIS_TRUSTED_PROXIES");
        assertThat(text(service("caddy"), "networks", "front", "ipv4_address")).isEqualTo(trusted);
    }

    @Test
    void thePortalsRootIsReadOnlyEverywhere() throws IOException {
        assertThat(service("portal").get("read_only")).isEqualTo(true);
        var container = (Map<?, ?>)
                ((List<?>) ((Map<?, ?>) field(kubernetes("Deployment"), "spec", "template", "spec")).get("containers"))
                        .getFirst();
        assertThat(field(container, "securityContext", "readOnlyRootFilesystem"))
                .isEqualTo(true);
        assertThat(read("debian/polaris-express.service")).contains("\nProtectSystem=strict\n");
    }

    @Test
    void kubernetesProbesTellAliveFromReady() throws IOException {
        var spec = (Map<?, ?>) field(kubernetes("Deployment"), "spec", "template", "spec");
        var container = (Map<?, ?>) ((List<?>) spec.get("containers")).getFirst();
        assertThat(text(container, "livenessProbe", "httpGet", "path")).isEqualTo("/actuator/health/liveness");
        assertThat(text(container, "readinessProbe", "httpGet", "path")).isEqualTo("/actuator/health/readiness");
        assertThat(field(spec, "securityContext", "runAsNonRoot")).isEqualTo(true);
        assertThat(field(kubernetes("PodDisruptionBudget"), "spec", "minAvailable"))
                .isEqualTo(1);
        assertThat(read("kubernetes.yaml")).doesNotContain("kind: Secret\n");
    }

    @Test
    void kubernetesAddsNoVariablesThatBeginLikeSettings() throws IOException {
        assertThat(field(kubernetes("Deployment"), "spec", "template", "spec", "enableServiceLinks"))
                .isEqualTo(false);
    }

    @Test
    void steveCreatesTheApiUserThatThePortalUses() throws IOException {
        var portal = service("portal");
        var steve = service("steve");
        assertThat(text(steve, "environment", "AUTH_USER"))
                .isEqualTo(text(portal, "environment", "POLARIS_STEVE_USERNAME"));
        assertThat(text(steve, "environment", "WEBAPI_VALUE"))
                .isEqualTo(text(portal, "environment", "POLARIS_STEVE_PASSWORD"));
    }

    @Test
    void theReleaseTakesThePackageFromWhereItIsBuilt() throws IOException {
        var pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom).contains("<argument>${project.build.directory}/debian</argument>");
        assertThat(Files.readString(Path.of(".github/workflows/release.yml"))).contains("path: target/debian/*_");
    }

    @Test
    void javaHasTheSameOptionsInstalledAsFromTheSources() throws IOException {
        var pom = Pattern.compile("<polaris.jvmArguments>(.+)</polaris.jvmArguments>")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        assertThat(read("package/jvm.options").lines()).contains(pom.group(1).split(" "));
    }

    @Test
    void theSettingsOfTheDebianPackageAreADemoUntilALineIsUncommented() throws IOException {
        assertThat(read("debian/polaris.env").lines()).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    private static String read(String file) throws IOException {
        return Files.readString(OPS.resolve(file));
    }

    private static Map<String, String> example() throws IOException {
        return ASSIGNMENT
                .matcher(read(".env.example"))
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    private static Map<String, Object> compose(String file) throws IOException {
        return yaml().load(read(file));
    }

    private static Map<String, Map<?, ?>> services(String file) throws IOException {
        return ((Map<?, ?>) compose(file).get("services"))
                .entrySet().stream().collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), entry ->
                        (Map<?, ?>) entry.getValue()));
    }

    private static Map<?, ?> service(String name) throws IOException {
        return services("compose.yaml").get(name);
    }

    private static Map<?, ?> kubernetes(String kind) throws IOException {
        return StreamSupport.stream(yaml().loadAll(read("kubernetes.yaml")).spliterator(), false)
                .map(document -> (Map<?, ?>) document)
                .filter(document -> kind.equals(document.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    private static Object field(Object map, String... path) {
        var value = map;
        for (var name : path) {
            value = ((Map<?, ?>) value).get(name);
        }
        return value;
    }

    private static String text(Object map, String... path) {
        return String.valueOf(field(map, path));
    }
}
