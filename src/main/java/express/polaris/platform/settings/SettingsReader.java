package express.polaris.platform.settings;

import express.polaris.platform.settings.GivenSettings.Given;
import express.polaris.platform.settings.SettingDefinition.Scope;
import express.polaris.platform.settings.SettingParsers.IllegalEntries;
import express.polaris.platform.settings.Settings.Backup;
import express.polaris.platform.settings.Settings.DatabaseAccess;
import express.polaris.platform.settings.Settings.FirstOperator;
import express.polaris.platform.settings.Settings.Oidc;
import express.polaris.platform.settings.Settings.Retention;
import express.polaris.platform.settings.Settings.Smtp;
import express.polaris.platform.settings.Settings.Smtp.Security;
import express.polaris.platform.settings.Settings.SteveAccess;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Converts what was given to {@link Settings}, or reports all faults at once. */
final class SettingsReader {

    private final Map<String, Given> given;
    private final List<String> faults;
    private final Map<SettingDefinition<?>, Object> used = new HashMap<>();

    private SettingsReader(GivenSettings given) {
        this.given = given.byName();
        this.faults = new ArrayList<>(given.faults());
    }

    /**
     * @throws InvalidSettings listing every fault
     */
    static EffectiveSettings read(GivenSettings given) {
        var reader = new SettingsReader(given);
        var settings = reader.settings();
        return new EffectiveSettings(
                settings,
                SettingDefinition.all().stream().map(reader::effective).toList());
    }

    /** Names of all settings. */
    static Set<String> names() {
        return SettingDefinition.all().stream()
                .map(SettingDefinition::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names that may be given: those of all settings, and of the files that contain secrets. */
    static Set<String> allowedNames() {
        var names = names();
        SettingDefinition.all().stream()
                .filter(SettingDefinition::secret)
                .forEach(setting -> names.add(setting.name() + "_FILE"));
        return names;
    }

    private EffectiveSetting effective(SettingDefinition<?> setting) {
        var origin = text(setting).isPresent()
                ? Objects.requireNonNull(given.get(setting.name())).origin()
                : new Origin.Default();
        var value = Optional.ofNullable(used.get(setting)).map(used -> shown(used, setting.secret()));
        return new EffectiveSetting(setting.name(), value, origin);
    }

    private static String shown(Object value, boolean secret) {
        return switch (value) {
            case DatabaseAccess access -> withoutUser(access.jdbcUrl().replaceFirst("\\?.*", ""));
            case Object other when secret -> EffectiveSetting.MASK;
            case URI address -> withoutUser(address.toString());
            case List<?> list -> list.stream().map(Object::toString).collect(Collectors.joining(", "));
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case Optional<?> time -> time.map(Object::toString).orElse("off");
            case InetAddress address -> address.getHostAddress();
            case Path path -> path.toAbsolutePath().normalize().toString();
            default -> value.toString();
        };
    }

    private static String withoutUser(String address) {
        return address.replaceFirst("//[^/]*@", "//");
    }

    private Settings settings() {
        refuseUnknownNames();
        boolean demo = demo();
        var dataDirectory = dataDirectory(demo);
        var settings = new Settings(
                demo,
                demo ? Optional.empty() : steve(),
                demo ? Optional.empty() : database(),
                dataDirectory,
                demo ? Optional.empty() : operator(),
                demo ? Optional.empty() : value(SettingDefinition.PUBLIC_URL),
                value(SettingDefinition.TRUSTED_PROXIES, List.of()),
                value(SettingDefinition.CURRENCY, Currency.getInstance("EUR")),
                value(SettingDefinition.TIME_ZONE, ZoneId.of("UTC")),
                value(SettingDefinition.STEVE_CALLS_PER_SECOND, 5),
                demo ? Optional.empty() : smtp(),
                value(SettingDefinition.DEMO_BIND, InetAddress.ofLiteral("127.0.0.1")),
                backup(demo, dataDirectory),
                retention(),
                demo ? Optional.empty() : oidc(),
                demo ? Map.of() : value(SettingDefinition.PRICE_SERIES, Map.of()));
        if (!faults.isEmpty()) {
            throw new InvalidSettings(faults);
        }
        return settings;
    }

    private void refuseUnknownNames() {
        var names = names();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name ->
                        faults.add(name + where(name) + " is not a setting; allowed are " + String.join(", ", names)));
    }

    /** Where a name was found that may be one of many lines. */
    private String where(String name) {
        return Objects.requireNonNull(given.get(name)).origin() instanceof Origin.Line(var file, int line)
                ? " (" + file + ", line " + line + ")"
                : "";
    }

    /** The demo runs by default if no setting is given that belongs to an installation. */
    private boolean demo() {
        if (text(SettingDefinition.DEMO).isEmpty()) {
            boolean demo = namesOf(Scope.PROCESS).containsAll(given.keySet());
            used.put(SettingDefinition.DEMO, demo);
            return demo;
        }
        boolean demo = value(SettingDefinition.DEMO, false);
        if (demo) {
            var real = namesOf(Scope.INSTALLATION);
            given.keySet().stream()
                    .filter(real::contains)
                    .sorted()
                    .forEach(name -> faults.add(name + " is set together with POLARIS_DEMO=true; the demo brings its"
                            + " own SteVe, database and accounts, so remove one of the two"));
        }
        return demo;
    }

    /** The demo has a directory of its own, so an installation that follows it never starts on the demo's database. */
    private Path dataDirectory(boolean demo) {
        var directory = value(SettingDefinition.DATA_DIRECTORY, Path.of("data"));
        return demo ? directory.resolve("demo") : directory;
    }

    private Optional<SteveAccess> steve() {
        if (text(SettingDefinition.STEVE_BASE_URL).isEmpty()) {
            faults.add("POLARIS_STEVE_BASE_URL is missing; give SteVe's address, e.g. http://host:8180/steve,"
                    + " or no POLARIS_ setting at all for the demo");
        }
        var url = value(SettingDefinition.STEVE_BASE_URL);
        var username = required(SettingDefinition.STEVE_USERNAME);
        var password = required(SettingDefinition.STEVE_PASSWORD);
        return url.map(address -> new SteveAccess(address, username, password));
    }

    private Optional<DatabaseAccess> database() {
        var url = value(SettingDefinition.DATABASE_URL);
        var username = value(SettingDefinition.DATABASE_USERNAME);
        var password = value(SettingDefinition.DATABASE_PASSWORD);
        if (text(SettingDefinition.DATABASE_URL).isEmpty()) {
            List.of(SettingDefinition.DATABASE_USERNAME, SettingDefinition.DATABASE_PASSWORD).stream()
                    .filter(setting -> text(setting).isPresent())
                    .forEach(setting ->
                            faults.add(setting.name() + " is set without POLARIS_DATABASE_URL; set both or neither"));
        }
        return url.map(access ->
                new DatabaseAccess(access.jdbcUrl(), username.or(access::username), password.or(access::password)));
    }

    private Optional<FirstOperator> operator() {
        if (text(SettingDefinition.OPERATOR_EMAIL).isEmpty()
                && text(SettingDefinition.OPERATOR_PASSWORD).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FirstOperator(
                required(SettingDefinition.OPERATOR_EMAIL), required(SettingDefinition.OPERATOR_PASSWORD)));
    }

    private Optional<Smtp> smtp() {
        var host = value(SettingDefinition.SMTP_HOST);
        if (host.isEmpty()) {
            given.keySet().stream()
                    .filter(name -> name.startsWith("POLARIS_SMTP_"))
                    .sorted()
                    .forEach(name -> faults.add(name + " is set without POLARIS_SMTP_HOST; set both or neither"));
            return Optional.empty();
        }
        var username = value(SettingDefinition.SMTP_USERNAME);
        var password = value(SettingDefinition.SMTP_PASSWORD);
        if (username.isPresent() != password.isPresent()) {
            faults.add("POLARIS_SMTP_USERNAME and POLARIS_SMTP_PASSWORD belong together; set both or neither");
        }
        if (text(SettingDefinition.PUBLIC_URL).isEmpty()) {
            faults.add("POLARIS_PUBLIC_URL is missing; mails link to it, so it is needed with POLARIS_SMTP_HOST");
        }
        var security = value(SettingDefinition.SMTP_SECURITY, Security.STARTTLS);
        int port = value(SettingDefinition.SMTP_PORT, security == Security.TLS ? 465 : 587);
        return Optional.of(
                new Smtp(host.get(), port, security, username, password, required(SettingDefinition.SMTP_FROM)));
    }

    private Backup backup(boolean demo, Path dataDirectory) {
        if (text(SettingDefinition.DATABASE_URL).isPresent()) {
            given.keySet().stream()
                    .filter(name -> name.startsWith("POLARIS_BACKUP_"))
                    .sorted()
                    .forEach(name -> faults.add(name + " is set together with POLARIS_DATABASE_URL; only the embedded"
                            + " database is backed up by the portal, so remove one of the two"));
        }
        return new Backup(
                value(SettingDefinition.BACKUP_DIRECTORY, dataDirectory.resolve("backups")),
                value(SettingDefinition.BACKUP_TIME, demo ? Optional.empty() : Optional.of(LocalTime.of(3, 30))),
                value(SettingDefinition.BACKUP_KEEP, 7));
    }

    private Retention retention() {
        if (value(SettingDefinition.ANSWER_RETENTION_DAYS).isPresent()
                && value(SettingDefinition.KEEP_ANSWERS_DAYS).isPresent()) {
            faults.add("POLARIS_ANSWER_RETENTION_DAYS is the former name of POLARIS_KEEP_ANSWERS_DAYS; set only one");
        }
        var usual = Retention.USUAL;
        return new Retention(
                days(
                        SettingDefinition.KEEP_ANSWERS_DAYS,
                        value(SettingDefinition.ANSWER_RETENTION_DAYS)
                                .map(Duration::ofDays)
                                .orElse(usual.answers())),
                days(SettingDefinition.KEEP_SYNC_RUNS_DAYS, usual.syncRuns()),
                days(SettingDefinition.KEEP_MAILS_DAYS, usual.mails()),
                days(SettingDefinition.KEEP_NOTIFICATIONS_DAYS, usual.notifications()),
                days(SettingDefinition.KEEP_STARTS_DAYS, usual.starts()),
                days(SettingDefinition.KEEP_NOTES_DAYS, usual.notes()),
                days(SettingDefinition.KEEP_BROWSERS_DAYS, usual.browsers()),
                days(SettingDefinition.KEEP_AUDIT_DAYS, usual.audit()));
    }

    private Duration days(SettingDefinition<Integer> setting, Duration usual) {
        return Duration.ofDays(value(setting, Math.toIntExact(usual.toDays())));
    }

    private Optional<Oidc> oidc() {
        if (SettingDefinition.all().stream()
                .filter(setting -> setting.name().startsWith("POLARIS_OIDC_"))
                .allMatch(setting -> text(setting).isEmpty())) {
            return Optional.empty();
        }
        if (text(SettingDefinition.PUBLIC_URL).isEmpty()) {
            faults.add("POLARIS_PUBLIC_URL is missing; the issuer sends browsers back to it, so it is needed with"
                    + " POLARIS_OIDC_ISSUER");
        }
        if (text(SettingDefinition.OIDC_ISSUER).isEmpty()) {
            faults.add("POLARIS_OIDC_ISSUER is missing; give " + SettingDefinition.OIDC_ISSUER.allowed());
        }
        var clientId = required(SettingDefinition.OIDC_CLIENT_ID);
        var clientSecret = required(SettingDefinition.OIDC_CLIENT_SECRET);
        var button = value(SettingDefinition.OIDC_BUTTON);
        var scopes = value(SettingDefinition.OIDC_SCOPES, List.of("openid", "profile", "email"));
        var groupsClaim = value(SettingDefinition.OIDC_GROUPS_CLAIM, "groups");
        var operators = value(SettingDefinition.OIDC_OPERATOR_GROUPS, List.of());
        var allowed = value(SettingDefinition.OIDC_ALLOWED_GROUPS, List.of());
        boolean selfProvisioning = value(SettingDefinition.OIDC_SELF_PROVISIONING, false);
        return value(SettingDefinition.OIDC_ISSUER)
                .map(issuer -> new Oidc(
                        issuer,
                        clientId,
                        clientSecret,
                        button,
                        scopes,
                        groupsClaim,
                        operators,
                        allowed,
                        selfProvisioning));
    }

    /** Value of a required setting; empty if it is missing or faulty. */
    private String required(SettingDefinition<String> setting) {
        if (text(setting).isEmpty()) {
            faults.add(setting.name() + " is missing; give " + setting.allowed());
        }
        return value(setting).orElse("");
    }

    private <T> T value(SettingDefinition<T> setting, T absent) {
        var value = value(setting).orElse(absent);
        used.put(setting, value);
        return value;
    }

    private <T> Optional<T> value(SettingDefinition<T> setting) {
        return text(setting).flatMap(text -> {
            try {
                var value = setting.parser().apply(text);
                used.put(setting, value);
                return Optional.of(value);
            } catch (IllegalEntries illegal) {
                illegal.entries()
                        .forEach(entry -> faults.add(
                                setting.name() + " has \"" + entry + "\"; allowed are " + setting.allowed()));
            } catch (IllegalArgumentException | DateTimeException e) {
                var fault = setting.secret() ? " cannot be used" : " is \"" + text + "\"";
                faults.add(setting.name() + fault + "; give " + setting.allowed());
            }
            return Optional.empty();
        });
    }

    private Optional<String> text(SettingDefinition<?> setting) {
        return Optional.ofNullable(given.get(setting.name()))
                .map(text -> text.text().strip())
                .filter(value -> !value.isEmpty());
    }

    private static Set<String> namesOf(Scope scope) {
        return SettingDefinition.all().stream()
                .filter(setting -> setting.scope() == scope)
                .map(SettingDefinition::name)
                .collect(Collectors.toSet());
    }
}
