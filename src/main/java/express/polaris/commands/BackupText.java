package express.polaris.commands;

import express.polaris.platform.database.backup.Backup;
import java.time.Duration;
import java.util.Locale;

/** Sizes and durations of backups in words. */
final class BackupText {

    private static final double MEGABYTE = 1 << 20;

    private BackupText() {}

    static String size(Backup backup) {
        return String.format(Locale.ROOT, "%.1f MB", backup.bytes() / MEGABYTE);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
