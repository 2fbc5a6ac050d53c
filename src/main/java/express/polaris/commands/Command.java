package express.polaris.commands;

import express.polaris.platform.settings.Settings;
import java.io.PrintStream;
import java.util.List;

/** A command of the command line. */
interface Command {

    /** First argument, such as {@code backup}. */
    String name();

    /** Its arguments and what it does, in one line. */
    String help();

    /**
     * Runs the command.
     *
     * @param arguments those after its name
     * @return the exit code: {@link Commands#SUCCESS}, {@link Commands#FAILURE} or {@link Commands#INVALID}
     * @throws Exception whose message is printed as the reason of a failure
     */
    int run(List<String> arguments, Settings settings, PrintStream out, PrintStream err) throws Exception;
}
