package express.polaris.platform.settings;

import java.nio.file.Path;

/** Where the value of a setting comes from. */
public sealed interface Origin {

    /** No value was given. */
    record Default() implements Origin {}

    /** The environment variable with the setting's name. */
    record Variable() implements Origin {}

    /** A command line argument, a system property or a configuration file of Spring Boot. */
    record Property() implements Origin {}

    /**
     * The settings file.
     *
     * @param line from 1
     */
    record Line(Path file, int line) implements Origin {}

    /** The whole content of a file that {@code <name>_FILE} names. */
    record Content(Path file) implements Origin {}
}
