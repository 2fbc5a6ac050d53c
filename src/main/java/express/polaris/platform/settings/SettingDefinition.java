package express.polaris.platform.settings;

import static express.polaris.platform.settings.SettingDefinition.Scope.INSTALLATION;
import static express.polaris.platform.settings.SettingDefinition.Scope.PROCESS;
import static express.polaris.platform.settings.SettingDefinition.Scope.TUNING;

import express.polaris.platform.settings.Settings.DatabaseAccess;
import express.polaris.platform.settings.Settings.Smtp.Security;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A setting: one row of the table below.
 *
 * @param name name of the environment variable
 * @param parser throws an {@link IllegalArgumentException} or a {@link java.time.DateTimeException} for a value
 *     that is not allowed
 * @param allowed completes a sentence that begins with "give"
 * @param secret faults never repeat the value, and a file can contain it: {@code <name>_FILE}
 */
record SettingDefinition<T>(String name, Scope scope, Function<String, T> parser, String allowed, boolean secret) {

    /** How a setting relates to the demo. */
    enum Scope {
        /** Where this process keeps its files and listens; says nothing about whether it is the demo. */
        PROCESS,
        /** Address of this installation and the services it uses; none of it is allowed with the demo. */
        INSTALLATION,
        TUNING
    }

    private static final List<SettingDefinition<?>> ROWS = new ArrayList<>();

    private static final String WEB_ADDRESS = "an address that starts with http:// or https://";
    private static final String MAIL_ADDRESS = "an e-mail address";

    static final SettingDefinition<Boolean> DEMO = row("POLARIS_DEMO", TUNING, SettingParsers::truth, "true or false");
    static final SettingDefinition<Path> SETTINGS_FILE = row("POLARIS_SETTINGS_FILE", PROCESS, Path::of, "a file");
    static final SettingDefinition<URI> STEVE_BASE_URL =
            row("POLARIS_STEVE_BASE_URL", INSTALLATION, SettingParsers::baseAddress, WEB_ADDRESS);
    static final SettingDefinition<String> STEVE_USERNAME =
            text("POLARIS_STEVE_USERNAME", "a SteVe user that has an API password");
    static final SettingDefinition<String> STEVE_PASSWORD =
            secret("POLARIS_STEVE_PASSWORD", Function.identity(), "that user's API password");
    static final SettingDefinition<Integer> STEVE_CALLS_PER_SECOND =
            number("POLARIS_STEVE_CALLS_PER_SECOND", TUNING, 1, 1000);
    static final SettingDefinition<DatabaseAccess> DATABASE_URL = secret(
            "POLARIS_DATABASE_URL",
            SettingParsers::database,
            "jdbc:postgresql://host/db or postgresql://user:password@host/db");
    static final SettingDefinition<String> DATABASE_USERNAME =
            text("POLARIS_DATABASE_USERNAME", "a user of the database");
    static final SettingDefinition<String> DATABASE_PASSWORD =
            secret("POLARIS_DATABASE_PASSWORD", Function.identity(), "that user's password");
    static final SettingDefinition<Path> DATA_DIRECTORY =
            row("POLARIS_DATA_DIRECTORY", PROCESS, Path::of, "a directory");
    static final SettingDefinition<String> OPERATOR_EMAIL =
            row("POLARIS_OPERATOR_EMAIL", INSTALLATION, SettingParsers::mailAddress, MAIL_ADDRESS);
    static final SettingDefinition<String> OPERATOR_PASSWORD =
            secret("POLARIS_OPERATOR_PASSWORD", text -> SettingParsers.longText(text, 10), "at least 10 characters");
    static final SettingDefinition<URI> PUBLIC_URL =
            row("POLARIS_PUBLIC_URL", INSTALLATION, SettingParsers::webAddress, WEB_ADDRESS);
    static final SettingDefinition<String> SMTP_HOST = text("POLARIS_SMTP_HOST", "the server that takes mails");
    static final SettingDefinition<Integer> SMTP_PORT = number("POLARIS_SMTP_PORT", INSTALLATION, 1, 65_535);
    static final SettingDefinition<Security> SMTP_SECURITY = row(
            "POLARIS_SMTP_SECURITY",
            INSTALLATION,
            text -> Security.valueOf(text.toUpperCase(Locale.ROOT)),
            "starttls, tls or none");
    static final SettingDefinition<String> SMTP_USERNAME = text("POLARIS_SMTP_USERNAME", "a user of that server");
    static final SettingDefinition<String> SMTP_PASSWORD =
            secret("POLARIS_SMTP_PASSWORD", Function.identity(), "that user's password");
    static final SettingDefinition<String> SMTP_FROM =
            row("POLARIS_SMTP_FROM", INSTALLATION, SettingParsers::sender, MAIL_ADDRESS);
    static final SettingDefinition<List<String>> TRUSTED_PROXIES = row(
            "POLARIS_TRUSTED_PROXIES",
            TUNING,
            SettingParsers::proxies,
            "IP addresses and CIDR blocks such as 10.0.0.0/8, separated by commas");
    static final SettingDefinition<Currency> CURRENCY =
            row("POLARIS_CURRENCY", TUNING, Currency::getInstance, "an ISO 4217 code such as EUR");
    static final SettingDefinition<ZoneId> TIME_ZONE =
            row("POLARIS_TIME_ZONE", TUNING, ZoneId::of, "a zone such as Europe/Berlin");
    static final SettingDefinition<Integer> ANSWER_RETENTION_DAYS =
            number("POLARIS_ANSWER_RETENTION_DAYS", TUNING, 1, 36_500);
    static final SettingDefinition<Path> BACKUP_DIRECTORY =
            row("POLARIS_BACKUP_DIRECTORY", PROCESS, Path::of, "a directory");
    static final SettingDefinition<Optional<LocalTime>> BACKUP_TIME =
            row("POLARIS_BACKUP_TIME", PROCESS, SettingParsers::timeOrOff, "a time such as 03:30, or off");
    static final SettingDefinition<Integer> BACKUP_KEEP = number("POLARIS_BACKUP_KEEP", PROCESS, 1, 1000);
    static final SettingDefinition<InetAddress> DEMO_BIND = row(
            "POLARIS_DEMO_BIND", PROCESS, InetAddress::ofLiteral, "an IP address of this machine, or 0.0.0.0 for all");
    static final SettingDefinition<Integer> KEEP_ANSWERS_DAYS = number("POLARIS_KEEP_ANSWERS_DAYS", TUNING, 1, 36_500);
    static final SettingDefinition<Integer> KEEP_SYNC_RUNS_DAYS =
            number("POLARIS_KEEP_SYNC_RUNS_DAYS", TUNING, 1, 36_500);
    static final SettingDefinition<Integer> KEEP_MAILS_DAYS = number("POLARIS_KEEP_MAILS_DAYS", TUNING, 7, 36_500);
    static final SettingDefinition<Integer> KEEP_NOTIFICATIONS_DAYS =
            number("POLARIS_KEEP_NOTIFICATIONS_DAYS", TUNING, 7, 36_500);
    static final SettingDefinition<Integer> KEEP_STARTS_DAYS = number("POLARIS_KEEP_STARTS_DAYS", TUNING, 7, 36_500);
    static final SettingDefinition<Integer> KEEP_NOTES_DAYS = number("POLARIS_KEEP_NOTES_DAYS", TUNING, 90, 36_500);
    static final SettingDefinition<Integer> KEEP_BROWSERS_DAYS =
            number("POLARIS_KEEP_BROWSERS_DAYS", TUNING, 30, 36_500);
    static final SettingDefinition<Integer> KEEP_AUDIT_DAYS = number("POLARIS_KEEP_AUDIT_DAYS", TUNING, 365, 36_500);
    static final SettingDefinition<URI> OIDC_ISSUER =
            row("POLARIS_OIDC_ISSUER", INSTALLATION, SettingParsers::webAddress, WEB_ADDRESS);
    static final SettingDefinition<String> OIDC_CLIENT_ID =
            text("POLARIS_OIDC_CLIENT_ID", "the id of the client that the issuer has for the portal");
    static final SettingDefinition<String> OIDC_CLIENT_SECRET =
            secret("POLARIS_OIDC_CLIENT_SECRET", Function.identity(), "that client's secret");
    static final SettingDefinition<String> OIDC_BUTTON = row(
            "POLARIS_OIDC_BUTTON", INSTALLATION, text -> SettingParsers.shortText(text, 40), "at most 40 characters");
    static final SettingDefinition<List<String>> OIDC_SCOPES = row(
            "POLARIS_OIDC_SCOPES",
            INSTALLATION,
            SettingParsers::scopes,
            "scopes separated by commas; openid has to be one of them");
    static final SettingDefinition<String> OIDC_GROUPS_CLAIM = text("POLARIS_OIDC_GROUPS_CLAIM", "the name of a claim");
    static final SettingDefinition<List<String>> OIDC_OPERATOR_GROUPS =
            row("POLARIS_OIDC_OPERATOR_GROUPS", INSTALLATION, SettingParsers::names, "groups separated by commas");
    static final SettingDefinition<List<String>> OIDC_ALLOWED_GROUPS =
            row("POLARIS_OIDC_ALLOWED_GROUPS", INSTALLATION, SettingParsers::names, "groups separated by commas");
    static final SettingDefinition<Boolean> OIDC_SELF_PROVISIONING =
            row("POLARIS_OIDC_SELF_PROVISIONING", INSTALLATION, SettingParsers::truth, "true or false");
    static final SettingDefinition<Map<String, URI>> PRICE_SERIES = secret(
            "POLARIS_PRICE_SERIES",
            SettingParsers::priceSeries,
            "code=address for each series, separated by commas, e.g. spot=https://prices.example/spot.json");

    /** All rows, in the order of the table. */
    static List<SettingDefinition<?>> all() {
        return Collections.unmodifiableList(ROWS);
    }

    private static SettingDefinition<String> text(String name, String allowed) {
        return row(name, INSTALLATION, Function.identity(), allowed);
    }

    private static SettingDefinition<Integer> number(String name, Scope scope, int least, int most) {
        return row(
                name,
                scope,
                text -> SettingParsers.number(text, least, most),
                "a whole number from " + least + " to " + most);
    }

    private static <T> SettingDefinition<T> secret(String name, Function<String, T> parser, String allowed) {
        return add(new SettingDefinition<>(name, INSTALLATION, parser, allowed, true));
    }

    private static <T> SettingDefinition<T> row(String name, Scope scope, Function<String, T> parser, String allowed) {
        return add(new SettingDefinition<>(name, scope, parser, allowed, false));
    }

    private static <T> SettingDefinition<T> add(SettingDefinition<T> row) {
        ROWS.add(row);
        return row;
    }
}
