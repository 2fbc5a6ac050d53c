package express.polaris.platform.settings;

import java.util.Optional;

/**
 * A setting as this process understands it.
 *
 * @param name of the environment variable
 * @param value in the form the process uses; of a secret only {@link #MASK}; empty if the setting has no value
 */
public record EffectiveSetting(String name, Optional<String> value, Origin origin) {

    /** Stands for a secret, whatever its length. */
    public static final String MASK = "••••••••";
}
