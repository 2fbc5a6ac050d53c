package express.polaris.platform.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Reads the settings before anything else starts, so an invalid one stops the start at once. */
public class SettingsLoader implements EnvironmentPostProcessor {

    static final String PREFIX = "polaris.";

    /** Property with the value {@link #DEMO} in the demo, for demo-only beans. */
    public static final String MODE = "polaris.mode";

    public static final String DEMO = "demo";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var settings = settings(environment);
        if (settings.demo()) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("polaris-demo", Map.of("server.address", "127.0.0.1", MODE, DEMO)));
        }
    }

    /**
     * Returns the settings of this environment.
     *
     * @throws InvalidSettings listing every fault
     */
    public static Settings settings(ConfigurableEnvironment environment) {
        return SettingsReader.read(given(environment));
    }

    /**
     * Returns the given settings by variable name; {@code polaris.steve.base-url} becomes {@code
     * POLARIS_STEVE_BASE_URL}.
     */
    static Map<String, String> given(ConfigurableEnvironment environment) {
        var given = new HashMap<String, String>();
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                boolean variables =
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(source.getName());
                for (var name : enumerable.getPropertyNames()) {
                    var value = enumerable.getProperty(name);
                    if (value != null && (variables ? name.startsWith("POLARIS_") : isSetting(name))) {
                        given.putIfAbsent(variableName(name), value.toString());
                    }
                }
            }
        }
        return given;
    }

    /**
     * Outside the environment variables only known names count: system properties with this prefix may belong
     * to other tools.
     */
    private static boolean isSetting(String name) {
        return name.startsWith(PREFIX) && SettingsReader.names().contains(variableName(name));
    }

    private static String variableName(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
