package express.polaris;

import java.util.OptionalInt;

/**
 * Runs the command that the arguments of {@code main} name. Found as a service ({@code META-INF/services}), because the
 * root package, which every module uses, cannot use a module.
 */
public interface CommandLine {

    /**
     * Runs the command, if the arguments name one.
     *
     * @return its exit code; empty if the application is to start
     */
    OptionalInt run(String... arguments);
}
