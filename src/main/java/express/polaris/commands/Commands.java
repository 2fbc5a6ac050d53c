package express.polaris.commands;

import express.polaris.CommandLine;
import express.polaris.platform.settings.InvalidSettings;
import express.polaris.platform.settings.SettingsLoader;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Finds and runs the command that the arguments name. Options before its name, such as {@code
 * --polaris.data.directory=data}, are settings; everything after it belongs to the command.
 */
public final class Commands implements CommandLine {

    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int INVALID = 2;

    private static final List<Command> ALL = List.of(
            new StatusCommand(), new CheckCommand(), new BackupCommand(), new BackupsCommand(), new RestoreCommand());

    @Override
    public OptionalInt run(String... arguments) {
        var options = Arrays.stream(arguments)
                .takeWhile(argument -> argument.startsWith("-"))
                .toList();
        if (options.size() == arguments.length) {
            return OptionalInt.empty();
        }
        var given = List.of(arguments).subList(options.size(), arguments.length);
        // Standard output is the command's; it reports its faults itself.
        LoggingSystem.get(Commands.class.getClassLoader()).beforeInitialize();
        return OptionalInt.of(run(given, options, System.out, System.err));
    }

    static int run(List<String> given, List<String> options, PrintStream out, PrintStream err) {
        var command = find(given.getFirst());
        if (command.isEmpty()) {
            err.println(given.getFirst() + " is not a command; the commands are:");
            ALL.forEach(one -> err.println("  " + one.help()));
            return INVALID;
        }
        try {
            var environment = environment(options);
            return command.get()
                    .run(new Invocation(
                            given.subList(1, given.size()),
                            SettingsLoader.effective(environment),
                            environment,
                            out,
                            err));
        } catch (InvalidSettings e) {
            e.faults().forEach(err::println);
            return INVALID;
        } catch (Exception e) {
            err.println(reason(e));
            return FAILURE;
        }
    }

    /** The message, and those of its causes that say more. */
    static String reason(Throwable failure) {
        var reason = new StringBuilder(message(failure));
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            var message = message(cause);
            if (reason.indexOf(message) < 0) {
                reason.append(": ").append(message);
            }
        }
        return reason.toString();
    }

    private static String message(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .filter(message -> !message.isBlank())
                .orElse(failure.getClass().getSimpleName());
    }

    private static Optional<Command> find(String name) {
        return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    private static ConfigurableEnvironment environment(List<String> options) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(options.toArray(String[]::new)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        SettingsLoader.addFile(environment);
        return environment;
    }
}
