package express.polaris.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Settings come from arguments, the environment, a file, and files of secrets; the first that gives one is used. */
class SettingSourcesTest {

    @TempDir
    Path directory;

    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> arguments = new HashMap<>();

    private ConfigurableEnvironment environment() {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        sources.addFirst(new MapPropertySource("arguments", arguments));
        return environment;
    }

    private EffectiveSettings read() {
        return SettingsLoader.effective(environment());
    }

    private List<String> faults() {
        return catchThrowableOfType(InvalidSettings.class, this::read).faults();
    }

    private EffectiveSetting effective(String name) {
        return read().all().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private Path settingsFile(String... lines) throws IOException {
        var file = file("polaris.env", String.join("\n", lines));
        variables.put("POLARIS_SETTINGS_FILE", file.toString());
        return file;
    }

    private void steve() {
        variables.put("POLARIS_STEVE_BASE_URL", "http://steve:8180/steve/");
        variables.put("POLARIS_STEVE_USERNAME", "polaris");
        variables.put("POLARIS_STEVE_PASSWORD", "secret");
    }

    @Test
    void aFileGivesSettingsInEitherFormOfTheirNames() throws IOException {
        var file = settingsFile(
                "# SteVe",
                "",
                "POLARIS_STEVE_BASE_URL=http://steve:8180/steve/",
                "polaris.steve.username = polaris  ",
                "export POLARIS_STEVE_PASSWORD='p#a $b\"\\'",
                "POLARIS_PUBLIC_URL=\"https://portal.example.org\"");
        var steve = read().settings().steve().orElseThrow();
        assertThat(steve.baseUrl()).hasToString("http://steve:8180/steve");
        assertThat(steve.username()).isEqualTo("polaris");
        assertThat(steve.password()).isEqualTo("p#a $b\"\\");
        assertThat(effective("POLARIS_STEVE_USERNAME").origin()).isEqualTo(new Origin.Line(file, 4));
    }

    @Test
    void argumentsComeBeforeVariablesAndVariablesBeforeTheFile() throws IOException {
        steve();
        settingsFile("POLARIS_CURRENCY=CHF", "POLARIS_TIME_ZONE=Europe/Zurich", "POLARIS_STEVE_USERNAME=other");
        variables.put("POLARIS_CURRENCY", "SEK");
        arguments.put("polaris.currency", "NOK");
        assertThat(effective("POLARIS_CURRENCY").value()).contains("NOK");
        assertThat(effective("POLARIS_CURRENCY").origin()).isEqualTo(new Origin.Property());
        assertThat(effective("POLARIS_STEVE_USERNAME").value()).contains("polaris");
        assertThat(effective("POLARIS_STEVE_USERNAME").origin()).isEqualTo(new Origin.Variable());
        assertThat(effective("POLARIS_TIME_ZONE").value()).contains("Europe/Zurich");
    }

    @Test
    void theFileAlsoSetsWhatSpringBootOffers() throws IOException {
        steve();
        settingsFile("SERVER_PORT=9000", "logging.structured.format.console=ecs");
        var environment = environment();
        new SettingsLoader().postProcessEnvironment(environment, new SpringApplication());
        assertThat(environment.getProperty("server.port")).isEqualTo("9000");
        assertThat(environment.getProperty("logging.structured.format.console")).isEqualTo("ecs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POLARIS_CURRENCY | line 1, is not NAME=value",
                "9=x | line 1, is not NAME=value",
                "POLARIS_STEVE_PASSWORD=hidden # SteVe | line 1, has \" #\" in the value of POLARIS_STEVE_PASSWORD",
                "POLARIS_STEVE_PASSWORD='hidden | line 1, has a value of POLARIS_STEVE_PASSWORD that does not end",
                "POLARIS_STEVE_PASSWORD='hid'den' | line 1, has a value of POLARIS_STEVE_PASSWORD that does not end",
                "POLARIS_STEVE_PASSWORD=\"hidden\\\" | line 1, has a value of POLARIS_STEVE_PASSWORD that does not end",
                "POLARIS_SETTINGS_FILE=x | line 1, sets POLARIS_SETTINGS_FILE; only an environment variable",
                "POLARIS_STEVE_PASWORD=hidden | polaris.env, line 1) is not a setting"
            })
    void aLineThatCannotBeUsedIsAFaultThatNamesIt(String line, String fault) throws IOException {
        steve();
        settingsFile(line);
        assertThat(faults()).singleElement().asString().contains(fault).doesNotContain("hidden");
    }

    @Test
    void aNameThatIsGivenTwiceInAFileIsAFault() throws IOException {
        steve();
        settingsFile("POLARIS_CURRENCY=CHF", "polaris.currency=SEK");
        assertThat(faults())
                .singleElement()
                .asString()
                .endsWith("line 2, sets POLARIS_CURRENCY again, after line 1; remove one of the two");
    }

    @Test
    void aMissingFileAndOneThatIsNotTextAreFaults() throws IOException {
        steve();
        variables.put("POLARIS_SETTINGS_FILE", directory.resolve("none.env").toString());
        assertThat(faults()).singleElement().asString().endsWith("none.env does not exist");
        var latin = "POLARIS_SMTP_HOST=m\u00FCller".getBytes(StandardCharsets.ISO_8859_1);
        variables.put(
                "POLARIS_SETTINGS_FILE",
                Files.write(directory.resolve("latin.env"), latin).toString());
        assertThat(faults()).singleElement().asString().endsWith("latin.env is not UTF-8; save it in that encoding");
    }

    @Test
    void aFileOfSettingsEndsTheDemo() throws IOException {
        settingsFile("POLARIS_CURRENCY=CHF");
        assertThat(faults()).anyMatch(fault -> fault.startsWith("POLARIS_STEVE_BASE_URL is missing"));
        settingsFile("SERVER_PORT=9000");
        assertThat(read().settings().demo()).isTrue();
    }

    @Test
    void aSecretIsTheContentOfItsFileWithoutTheLineEnd() throws IOException {
        steve();
        variables.put("POLARIS_STEVE_PASSWORD", "");
        var secret = file("steve-password", "p\u00E4ss w\u00F6rd\n");
        variables.put("POLARIS_STEVE_PASSWORD_FILE", secret.toString());
        assertThat(read().settings().steve().orElseThrow().password()).isEqualTo("p\u00E4ss w\u00F6rd");
        assertThat(effective("POLARIS_STEVE_PASSWORD"))
                .isEqualTo(new EffectiveSetting(
                        "POLARIS_STEVE_PASSWORD", Optional.of(EffectiveSetting.MASK), new Origin.Content(secret)));
    }

    @Test
    void everySecretCanBeInAFileAndNothingElse() throws IOException {
        var secrets = SettingDefinition.all().stream()
                .filter(SettingDefinition::secret)
                .map(SettingDefinition::name)
                .toList();
        assertThat(secrets)
                .contains("POLARIS_STEVE_PASSWORD", "POLARIS_DATABASE_PASSWORD", "POLARIS_SMTP_PASSWORD")
                .allSatisfy(name -> assertThat(SettingsReader.allowedNames()).contains(name + "_FILE"));
        steve();
        variables.put("POLARIS_STEVE_USERNAME_FILE", file("user", "polaris").toString());
        assertThat(faults()).singleElement().asString().startsWith("POLARIS_STEVE_USERNAME_FILE is not a setting");
    }

    @Test
    void aSecretGivenTwiceOrInAnUnusableFileIsAFault() throws IOException {
        steve();
        variables.put("POLARIS_STEVE_PASSWORD_FILE", file("secret", "x").toString());
        assertThat(faults())
                .containsExactly(
                        "POLARIS_STEVE_PASSWORD and POLARIS_STEVE_PASSWORD_FILE are both set; remove one of the two");
        variables.remove("POLARIS_STEVE_PASSWORD");
        variables.put("POLARIS_STEVE_PASSWORD_FILE", file("empty", "\n").toString());
        assertThat(faults()).anyMatch(fault -> fault.endsWith("/empty, which is empty"));
        variables.put("POLARIS_STEVE_PASSWORD_FILE", directory.resolve("none").toString());
        assertThat(faults()).anyMatch(fault -> fault.endsWith("/none, which does not exist"));
    }

    @Test
    void theDatabasesPasswordMayBeApartFromItsAddress() throws IOException {
        steve();
        variables.put("POLARIS_DATABASE_URL", "postgresql://db/polaris");
        variables.put("POLARIS_DATABASE_USERNAME", "polaris");
        variables.put("POLARIS_DATABASE_PASSWORD_FILE", file("db", "hidden").toString());
        var database = read().settings().database().orElseThrow();
        assertThat(database.jdbcUrl()).isEqualTo("jdbc:postgresql://db/polaris");
        assertThat(database.username()).contains("polaris");
        assertThat(database.password()).contains("hidden");
        variables.remove("POLARIS_DATABASE_URL");
        assertThat(faults())
                .containsExactly(
                        "POLARIS_DATABASE_USERNAME is set without POLARIS_DATABASE_URL; set both or neither",
                        "POLARIS_DATABASE_PASSWORD is set without POLARIS_DATABASE_URL; set both or neither");
    }

    @Test
    void everySettingIsListedAsItIsUnderstoodAndNoSecretWithIt() {
        steve();
        variables.put("POLARIS_DATABASE_URL", "jdbc:postgresql://db/polaris?user=u&password=hidden");
        variables.put("POLARIS_OPERATOR_EMAIL", "op@example.org");
        variables.put("POLARIS_OPERATOR_PASSWORD", "hidden password");
        variables.put("POLARIS_SMTP_HOST", "mail.example.org");
        variables.put("POLARIS_SMTP_FROM", "portal@example.org");
        variables.put("POLARIS_PUBLIC_URL", "https://portal.example.org");
        var read = read();
        assertThat(read.all()).map(EffectiveSetting::name).containsExactlyInAnyOrderElementsOf(SettingsReader.names());
        assertThat(read.toString()).doesNotContain("hidden", "secret");
        assertThat(effective("POLARIS_STEVE_BASE_URL").value()).contains("http://steve:8180/steve");
        assertThat(effective("POLARIS_DATABASE_URL").value()).contains("jdbc:postgresql://db/polaris");
        assertThat(effective("POLARIS_SMTP_PORT"))
                .isEqualTo(new EffectiveSetting("POLARIS_SMTP_PORT", Optional.of("587"), new Origin.Default()));
        assertThat(effective("POLARIS_SMTP_SECURITY").value()).contains("starttls");
        assertThat(effective("POLARIS_SMTP_PASSWORD").value()).isEmpty();
    }
}
