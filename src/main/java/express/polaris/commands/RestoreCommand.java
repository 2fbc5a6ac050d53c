package express.polaris.commands;

import express.polaris.platform.database.backup.Backups;
import express.polaris.platform.database.backup.Restore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** {@code restore}: puts a backup in the place of the embedded database. */
final class RestoreCommand implements Command {

    private static final String USAGE =
            "Usage: restore NAME [--to 2026-11-30T10:15:00Z | --to latest];" + " the command backups lists the names";

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String help() {
        return "restore NAME [--to TIME]     restore a backup; the portal must be stopped";
    }

    @Override
    public int run(Invocation given) {
        var arguments = given.arguments();
        var settings = given.settings();
        var target = target(arguments);
        if (target.isEmpty()) {
            given.err().println(USAGE);
            return Commands.INVALID;
        }
        EmbeddedOnly.require(settings);
        var backups = new Backups(settings, Clock.systemUTC());
        var restored = new Restore(settings, backups).restore(arguments.getFirst(), target.get(), Content::of);
        given.out()
                .println("Restored the backup " + restored.backup().name() + ", "
                        + restored.asOf()
                                .map(at -> "last transaction of " + at)
                                .orElse("as of " + restored.backup().endedAt())
                        + ": " + restored.answer().sessions() + " sessions, "
                        + restored.answer().invoices() + " invoices");
        restored.former()
                .ifPresent(former -> given.out()
                        .println("The former database is in " + former
                                + "; remove that directory when you no longer need it"));
        return Commands.SUCCESS;
    }

    private static Optional<Restore.Target> target(List<String> arguments) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            return Optional.empty();
        }
        if (arguments.size() == 1) {
            return Optional.of(new Restore.Target.EndOfBackup());
        }
        if (arguments.size() != 3 || !arguments.get(1).equals("--to")) {
            return Optional.empty();
        }
        return arguments.get(2).equals("latest")
                ? Optional.of(new Restore.Target.Latest())
                : instant(arguments.get(2)).map(Restore.Target.Time::new);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Size of the restored database in the operator's terms. */
    private record Content(long sessions, long invoices) {

        static Content of(Connection connection) throws SQLException {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("""
                            select (select count(*) from transaction_sync_state) as sessions,
                                   (select count(*) from invoices) as invoices
                            """)) {
                row.next();
                return new Content(row.getLong("sessions"), row.getLong("invoices"));
            }
        }
    }
}
