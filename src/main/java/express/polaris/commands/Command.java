package express.polaris.commands;

/** A command of the command line. */
interface Command {

    /** First argument, such as {@code backup}. */
    String name();

    /** Its arguments and what it does, in one line. */
    String help();

    /**
     * Runs the command.
     *
     * @return the exit code: {@link Commands#SUCCESS}, {@link Commands#FAILURE} or {@link Commands#INVALID}
     * @throws Exception whose message is printed as the reason of a failure
     */
    int run(Invocation given) throws Exception;
}
