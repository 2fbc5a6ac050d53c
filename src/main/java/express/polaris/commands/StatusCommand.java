package express.polaris.commands;

import express.polaris.platform.database.DataDirectory;
import express.polaris.platform.database.backup.Backups;
import express.polaris.platform.settings.EffectiveSetting;
import express.polaris.platform.version.PortalVersion;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** {@code status}: whether the portal on this machine answers, and where its data is. */
final class StatusCommand implements Command {

    private static final String LINE = "%-10s %s%n";

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String help() {
        return "status                       say whether the portal answers, and where its data is";
    }

    /** Succeeds if the portal is ready. */
    @Override
    public int run(Invocation given) throws IOException {
        if (!given.hasNoArguments(name())) {
            return Commands.INVALID;
        }
        var answer = LocalPortal.of(given.properties()).ask();
        given.out().printf("Polaris Express %s%n", PortalVersion.ofBuild());
        given.out().printf(LINE, "portal", answer.words());
        given.out().printf(LINE, "database", database(given));
        if (given.settings().database().isEmpty()) {
            given.out().printf(LINE, "backup", backup(given));
        }
        return answer.isReady() ? Commands.SUCCESS : Commands.FAILURE;
    }

    private static String database(Invocation given) throws IOException {
        if (given.settings().database().isPresent()) {
            return "external, "
                    + given.effective().all().stream()
                            .filter(setting -> setting.name().equals("POLARIS_DATABASE_URL"))
                            .findFirst()
                            .flatMap(EffectiveSetting::value)
                            .orElse("");
        }
        var data = new DataDirectory(given.settings().dataDirectory());
        return "embedded, in " + data.path().toAbsolutePath() + (data.isInUse() ? ", running" : ", not running");
    }

    private static String backup(Invocation given) {
        var backups = new Backups(given.settings(), Clock.systemUTC());
        var list = backups.list();
        return Optional.of(list)
                .filter(found -> !found.isEmpty())
                .map(found -> found.getFirst().name() + ", " + BackupText.size(found.getFirst()) + ", the newest of "
                        + found.size() + " in " + backups.directory())
                .orElse("none in " + backups.directory());
    }
}
