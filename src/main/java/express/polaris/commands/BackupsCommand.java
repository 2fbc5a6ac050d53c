package express.polaris.commands;

import express.polaris.platform.database.backup.Backups;
import express.polaris.platform.settings.Settings;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

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
    public int run(List<String> arguments, Settings settings, PrintStream out, PrintStream err) {
        if (!arguments.isEmpty()) {
            err.println("backups has no arguments, but " + String.join(" ", arguments) + " was given");
            return Commands.INVALID;
        }
        EmbeddedOnly.require(settings);
        var backups = new Backups(settings, Clock.systemUTC());
        var list = backups.list();
        if (list.isEmpty()) {
            out.println("No backup in " + backups.directory());
        }
        for (var backup : list) {
            out.println(backup.name() + "  " + (backup.nightly() ? "nightly" : "by hand") + "  "
                    + BackupText.size(backup) + "  portal " + backup.portal());
        }
        return Commands.SUCCESS;
    }
}
