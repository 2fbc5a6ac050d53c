package express.polaris.commands;

import express.polaris.platform.database.DataDirectory;
import express.polaris.platform.database.EmbeddedDatabase;
import express.polaris.platform.database.backup.Backup;
import express.polaris.platform.database.backup.Backups;
import express.polaris.platform.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;

/** {@code backup}: makes a backup of the embedded database, whether the portal runs or not. */
final class BackupCommand implements Command {

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String help() {
        return "backup                       back up the embedded database, also while the portal runs";
    }

    @Override
    public int run(List<String> arguments, Settings settings, PrintStream out, PrintStream err) throws IOException {
        if (!arguments.isEmpty()) {
            err.println("backup has no arguments, but " + String.join(" ", arguments) + " was given");
            return Commands.INVALID;
        }
        EmbeddedOnly.require(settings);
        var data = new DataDirectory(settings.dataDirectory());
        if (!Files.exists(data.cluster().resolve("PG_VERSION"))) {
            err.println(data.path() + " has no database yet; start the portal once, or set POLARIS_DATA_DIRECTORY");
            return Commands.FAILURE;
        }
        var backups = new Backups(settings, Clock.systemUTC());
        var backup = make(backups, data);
        out.println("Backup " + backup.name() + ": " + BackupText.size(backup) + " in "
                + backups.directory().resolve(backup.name()) + ", in " + BackupText.seconds(backup.took()));
        return Commands.SUCCESS;
    }

    private static Backup make(Backups backups, DataDirectory data) throws IOException {
        if (data.isInUse()) {
            return backups.make(false);
        }
        try (var database = EmbeddedDatabase.start(data.path())) {
            return backups.make(false);
        }
    }
}
