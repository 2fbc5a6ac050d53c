package express.polaris.commands;

import express.polaris.platform.database.backup.Backups;
import java.time.Clock;

/** {@code backups}: lists the backups. */
final class BackupsCommand implements Command {

    @Override
    public String name() {
        return "backups";
    }

    @Override
    public String help() {
        return "backups                      list the backups, newest first";
    }

    @Override
    public int run(Invocation given) {
        if (!given.hasNoArguments(name())) {
            return Commands.INVALID;
        }
        var settings = given.settings();
        EmbeddedOnly.require(settings);
        var backups = new Backups(settings, Clock.systemUTC());
        var list = backups.list();
        if (list.isEmpty()) {
            given.out().println("No backup in " + backups.directory());
        }
        for (var backup : list) {
            given.out()
                    .println(backup.name() + "  " + (backup.nightly() ? "nightly" : "by hand") + "  "
                            + BackupText.size(backup) + "  portal " + backup.portal());
        }
        return Commands.SUCCESS;
    }
}
