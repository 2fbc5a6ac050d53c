package express.polaris.commands;

import express.polaris.platform.database.DataDirectory;
import express.polaris.platform.database.EmbeddedDatabase;
import express.polaris.platform.database.backup.Backup;
import express.polaris.platform.database.backup.Backups;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;

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
    public int run(Invocation given) throws IOException {
        if (!given.hasNoArguments(name())) {
            return Commands.INVALID;
        }
        var settings = given.settings();
        EmbeddedOnly.require(settings);
        var data = new DataDirectory(settings.dataDirectory());
        if (!Files.exists(data.cluster().resolve("PG_VERSION"))) {
            given.err()
                    .println(
                            data.path() + " has no database yet; start the portal once, or set POLARIS_DATA_DIRECTORY");
            return Commands.FAILURE;
        }
        var backups = new Backups(settings, Clock.systemUTC());
        var backup = make(backups, data);
        given.out()
                .println("Backup " + backup.name() + ": " + BackupText.size(backup) + " in "
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
