package express.polaris.commands;

import express.polaris.platform.settings.EffectiveSetting;
import express.polaris.platform.settings.Origin;
import java.io.PrintStream;
import java.util.List;

/** {@code check}: lists the settings as they are understood, and tries what they lead to. Changes nothing. */
final class CheckCommand implements Command {

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String help() {
        return "check                        list the settings, and try SteVe, the database and the mail server";
    }

    /** Succeeds if everything that is set works. */
    @Override
    public int run(Invocation given) {
        if (!given.hasNoArguments(name())) {
            return Commands.INVALID;
        }
        list(given.effective().all(), given.out());
        var findings = new Trials(given.settings()).all();
        given.out().println();
        findings.forEach(finding -> print(finding, given.out()));
        return findings.stream().anyMatch(Finding::isFault) ? Commands.FAILURE : Commands.SUCCESS;
    }

    private static void list(List<EffectiveSetting> settings, PrintStream out) {
        out.println("Settings, as they are understood:");
        settings.stream()
                .filter(setting -> !(setting.origin() instanceof Origin.Default))
                .forEach(setting -> out.printf(
                        "  %s = %s (%s)%n", setting.name(), setting.value().orElse(""), words(setting.origin())));
        out.println("By default:");
        settings.stream()
                .filter(setting -> setting.origin() instanceof Origin.Default)
                .forEach(setting -> out.printf(
                        "  %s = %s%n",
                        setting.name(),
                        setting.value().filter(value -> !value.isEmpty()).orElse("(not set)")));
    }

    private static String words(Origin origin) {
        return switch (origin) {
            case Origin.Default() -> "default";
            case Origin.Variable() -> "environment variable";
            case Origin.Property() -> "command line or system property";
            case Origin.Line(var file, int line) -> file + ", line " + line;
            case Origin.Content(var file) -> "file " + file;
        };
    }

    private static void print(Finding finding, PrintStream out) {
        out.printf("%-9s %s: %s%n", finding.mark(), finding.subject(), finding.words());
        finding.advice().ifPresent(advice -> out.println("          " + advice));
    }
}
