package express.polaris.commands;

import express.polaris.platform.settings.Settings;

/** The commands of backups are for the embedded database. */
final class EmbeddedOnly {

    private EmbeddedOnly() {}

    static void require(Settings settings) {
        if (settings.database().isPresent()) {
            throw new IllegalStateException("The database is external (POLARIS_DATABASE_URL); back it up and restore it"
                    + " with the tools of its server, as docs/operating.md describes");
        }
    }
}
