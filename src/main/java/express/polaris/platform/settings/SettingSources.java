package express.polaris.platform.settings;

import express.polaris.platform.settings.GivenSettings.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Collects what was given for settings: arguments and properties first, then environment variables, then the settings
 * file, then the files that {@code <name>_FILE} names for secrets.
 */
final class SettingSources {

    private static final String PREFIX = "polaris.";
    private static final String FILE_SUFFIX = "_FILE";

    /** Read if no other file is named. */
    private static final Path FILE_IN_WORKING_DIRECTORY = Path.of(".env");

    /** Spring maps names to properties as in the environment if the name of the source ends like this. */
    private static final String FILE_SOURCE =
            "settings-file-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private final Map<String, Given> given = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    private SettingSources() {}

    static GivenSettings of(ConfigurableEnvironment environment) {
        var sources = new SettingSources();
        sources.addProperties(environment);
        sources.settingsFile().ifPresent(sources::add);
        sources.replaceFilesBySecrets();
        return new GivenSettings(sources.given, sources.faults);
    }

    /**
     * Adds the settings file to the environment, behind the environment variables, so that it can also set what Spring
     * Boot offers, such as {@code SERVER_PORT}.
     */
    static void addFile(ConfigurableEnvironment environment) {
        var sources = new SettingSources();
        sources.addProperties(environment);
        sources.settingsFile().ifPresent(file -> {
            var values = file.entries().entrySet().stream()
                    .filter(entry -> !entry.getKey().startsWith(variableName(PREFIX)))
                    .collect(Collectors.<Map.Entry<String, SettingsFile.Entry>, String, Object>toMap(
                            Map.Entry::getKey, entry -> entry.getValue().value()));
            environment
                    .getPropertySources()
                    .addAfter(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            new SystemEnvironmentPropertySource(FILE_SOURCE, values));
        });
    }

    /** {@code polaris.steve.base-url} becomes {@code POLARIS_STEVE_BASE_URL}. */
    static String variableName(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private void addProperties(ConfigurableEnvironment environment) {
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                boolean variables =
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(source.getName());
                var origin = variables ? new Origin.Variable() : new Origin.Property();
                for (var name : enumerable.getPropertyNames()) {
                    var value = enumerable.getProperty(name);
                    if (value != null && (variables ? name.startsWith(variableName(PREFIX)) : isSetting(name))) {
                        given.putIfAbsent(variableName(name), new Given(value.toString(), origin));
                    }
                }
            }
        }
    }

    /**
     * Outside the environment variables only known names count: system properties with this prefix may belong
     * to other tools.
     */
    private static boolean isSetting(String name) {
        return name.startsWith(PREFIX) && SettingsReader.allowedNames().contains(variableName(name));
    }

    /** The named file; if none is named, {@code .env} in the working directory if there is one. */
    private Optional<SettingsFile> settingsFile() {
        var named = given.get(SettingDefinition.SETTINGS_FILE.name());
        if (named == null) {
            return Optional.of(FILE_IN_WORKING_DIRECTORY)
                    .filter(Files::isRegularFile)
                    .map(SettingsFile::read);
        }
        return path(SettingDefinition.SETTINGS_FILE.name(), named.text()).map(SettingsFile::read);
    }

    private void add(SettingsFile file) {
        faults.addAll(file.faults());
        file.entries().forEach((name, entry) -> {
            if (name.equals(SettingDefinition.SETTINGS_FILE.name())) {
                faults.add(file.path() + ", line " + entry.line() + ", sets " + name
                        + "; only an environment variable or an argument can");
            } else if (name.startsWith(variableName(PREFIX))) {
                given.putIfAbsent(name, new Given(entry.value(), new Origin.Line(file.path(), entry.line())));
            }
        });
    }

    private void replaceFilesBySecrets() {
        SettingDefinition.all().stream()
                .filter(SettingDefinition::secret)
                .map(SettingDefinition::name)
                .forEach(name -> Optional.ofNullable(given.remove(name + FILE_SUFFIX))
                        .flatMap(file -> path(name + FILE_SUFFIX, file.text()))
                        .ifPresent(file -> addSecret(name, file)));
    }

    private void addSecret(String name, Path file) {
        if (Optional.ofNullable(given.get(name))
                .filter(other -> !other.text().isBlank())
                .isPresent()) {
            faults.add(name + " and " + name + FILE_SUFFIX + " are both set; remove one of the two");
            return;
        }
        try {
            var content = Files.readString(file).strip();
            if (content.isEmpty()) {
                faults.add(name + FILE_SUFFIX + " names " + file + ", which is empty");
            }
            given.put(name, new Given(content, new Origin.Content(file)));
        } catch (IOException e) {
            faults.add(name + FILE_SUFFIX + " names " + file + ", which " + FileFaults.why(e));
        }
    }

    /** The path that a setting has; empty if it has none. */
    private Optional<Path> path(String name, String text) {
        try {
            return Optional.of(text.strip())
                    .filter(stripped -> !stripped.isEmpty())
                    .map(Path::of);
        } catch (InvalidPathException e) {
            faults.add(name + " is \"" + text + "\"; give a file");
            return Optional.empty();
        }
    }
}
