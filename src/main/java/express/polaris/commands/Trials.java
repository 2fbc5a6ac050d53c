package express.polaris.commands;

import express.polaris.documents.Texts;
import express.polaris.messages.mail.MailProbe;
import express.polaris.platform.database.DataDirectory;
import express.polaris.platform.database.DatabaseTrial;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.Settings.DatabaseAccess;
import express.polaris.platform.settings.Settings.SteveAccess;
import express.polaris.platform.version.PortalVersion;
import express.polaris.steve.SteveCapabilities;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveProbe;
import express.polaris.steve.SteveSettings;
import express.polaris.web.views.SteveWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tries SteVe, the database and the mail server of these settings. */
record Trials(Settings settings) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Texts TEXTS = Texts.of(Locale.ENGLISH);

    List<Finding> all() {
        return List.of(
                settings.steve().map(Trials::steve).orElse(new Finding.Off("SteVe", "simulated by the demo")),
                settings.database().map(Trials::external).orElseGet(() -> embedded(settings.dataDirectory())),
                mail());
    }

    private static Finding steve(SteveAccess access) {
        SteveSettings steve;
        try {
            steve = SteveSettings.of(access.baseUrl(), access.username(), access.password());
        } catch (IllegalArgumentException e) {
            return new Finding.Fails("SteVe", String.valueOf(e.getMessage()), Optional.empty());
        }
        var probe = new SteveProbe(new SteveClient(steve));
        return switch (probe.glance(PATIENCE)) {
            case SteveProbe.Glance.Answers() -> capabilities(probe.probe(), access);
            case SteveProbe.Glance.Fails(var symptom, var evidence) -> {
                var words = new SteveWords(TEXTS);
                yield new Finding.Fails(
                        "SteVe", words.problem(symptom) + " (" + evidence + ")", Optional.of(words.advice(symptom)));
            }
        };
    }

    private static Finding capabilities(SteveCapabilities found, SteveAccess access) {
        return switch (found) {
            case SteveCapabilities.Complete complete ->
                new Finding.Works("SteVe", "answers at " + access.baseUrl() + ", and has everything that is needed");
            case SteveCapabilities.TooOld tooOld ->
                new Finding.Fails("SteVe", tooOld.inWords(), Optional.of("Upgrade SteVe to 3.13 or later."));
            case SteveCapabilities.NotReachable away -> new Finding.Fails("SteVe", away.inWords(), Optional.empty());
            case SteveCapabilities.NotAuthorised refused ->
                new Finding.Fails("SteVe", refused.inWords(), Optional.empty());
        };
    }

    static Finding external(DatabaseAccess access) {
        var subject = "Database";
        return switch (DatabaseTrial.of(access)) {
            case DatabaseTrial.Outcome.Usable(var server, var schema) ->
                new Finding.Works(
                        subject,
                        "PostgreSQL " + server
                                + (schema.isPresent()
                                        ? ", with the portal's schema " + schema.getAsInt()
                                        : ", empty; the first start creates the portal's tables"));
            case DatabaseTrial.Outcome.TooNew(var schema, var known) ->
                new Finding.Fails(
                        subject,
                        "the database has schema version " + schema + ", which this Polaris Express "
                                + PortalVersion.ofBuild().number() + " does not know; the newest it knows is " + known,
                        Optional.of("Use the version that ran here last, or a later one; or restore the backup made"
                                + " before the upgrade."));
            case DatabaseTrial.Outcome.TooOld(var server) ->
                new Finding.Fails(
                        subject, "PostgreSQL " + server + " is too old", Optional.of("Use PostgreSQL 15 or later."));
            case DatabaseTrial.Outcome.MayNotCreate(var user, var schema) ->
                new Finding.Fails(
                        subject,
                        "the user " + user + " may not create tables",
                        Optional.of("As the owner of the database: grant create on schema "
                                + (schema.isEmpty() ? "public" : schema) + " to " + user));
            case DatabaseTrial.Outcome.Fails(var reason) ->
                new Finding.Fails(
                        subject,
                        reason,
                        Optional.of("Check POLARIS_DATABASE_URL, its user and password, and that PostgreSQL runs."));
        };
    }

    private static Finding embedded(Path path) {
        var data = new DataDirectory(path);
        try {
            var existing = existing(data.path());
            var room = (Files.getFileStore(existing).getUsableSpace() >> 20) + " MB free";
            if (!Files.isWritable(existing)) {
                return new Finding.Fails(
                        "Database",
                        "the user \"" + System.getProperty("user.name") + "\" may not write in " + existing,
                        Optional.of("Run this command as the portal's user, or let it own that directory."));
            }
            return new Finding.Works(
                    "Database",
                    "embedded, in " + data.path()
                            + (Files.exists(data.path()) && data.isInUse()
                                    ? ", in use by the portal, "
                                    : ", not running, ")
                            + room);
        } catch (IOException e) {
            return new Finding.Fails(
                    "Database",
                    data.path() + " cannot be used: " + Commands.reason(e),
                    Optional.of("Set POLARIS_DATA_DIRECTORY to a directory that this user may write in."));
        }
    }

    /** The directory itself, or the nearest one above it that exists. */
    private static Path existing(Path directory) {
        return Files.exists(directory) || directory.getParent() == null ? directory : existing(directory.getParent());
    }

    private Finding mail() {
        return switch (MailProbe.of(settings.smtp()).ask()) {
            case MailProbe.Answer.Off() ->
                new Finding.Off("E-mail", "no mail is sent; POLARIS_SMTP_HOST names a server");
            case MailProbe.Answer.Takes() -> new Finding.Works("E-mail", "the server accepts the connection");
            case MailProbe.Answer.Fails(var failure) ->
                new Finding.Fails(
                        "E-mail",
                        TEXTS.get("mail.failure." + failure.wireName()),
                        Optional.of(TEXTS.get("mail.advice." + failure.wireName())));
        };
    }
}
