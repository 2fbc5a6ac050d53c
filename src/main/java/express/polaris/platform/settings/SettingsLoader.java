package express.polaris.platform.settings;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Reads the settings before anything else starts, so an invalid one stops the start at once. */
public class SettingsLoader implements EnvironmentPostProcessor {

    /** Property with the value {@link #DEMO} in the demo, for demo-only beans. */
    public static final String MODE = "polaris.mode";

    public static final String DEMO = "demo";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        addFile(environment);
        var settings = settings(environment);
        if (settings.demo()) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "polaris-demo",
                            Map.of("server.address", settings.demoBind().getHostAddress(), MODE, DEMO)));
        }
    }

    /** Adds what the settings file gives for other properties than settings, such as {@code SERVER_PORT}. */
    public static void addFile(ConfigurableEnvironment environment) {
        SettingSources.addFile(environment);
    }

    /**
     * Returns the settings of this environment.
     *
     * @throws InvalidSettings listing every fault
     */
    public static Settings settings(ConfigurableEnvironment environment) {
        return effective(environment).settings();
    }

    /**
     * Returns the settings of this environment and where each was given.
     *
     * @throws InvalidSettings listing every fault
     */
    public static EffectiveSettings effective(ConfigurableEnvironment environment) {
        return SettingsReader.read(SettingSources.of(environment));
    }
}
