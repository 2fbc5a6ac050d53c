package express.polaris.platform.settings;

import express.polaris.platform.settings.SettingDefinition.Scope;
import express.polaris.platform.settings.SettingParsers.IllegalEntries;
import express.polaris.platform.settings.Settings.FirstOperator;
import express.polaris.platform.settings.Settings.Smtp;
import express.polaris.platform.settings.Settings.Smtp.Security;
import express.polaris.platform.settings.Settings.SteveAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Converts the given {@code POLARIS_} variables to {@link Settings}, or reports all their faults at once. */
final class SettingsReader {

    private final Map<String, String> given;
    private final List<String> faults = new ArrayList<>();

    private SettingsReader(Map<String, String> given) {
        this.given = given;
    }

    /**
     * @param given variable names as in the environment, e.g. {@code POLARIS_STEVE_BASE_URL}
     * @throws InvalidSettings listing every fault
     */
    static Settings read(Map<String, String> given) {
        return new SettingsReader(given).read();
    }

    /** The known variable names. */
    static Set<String> names() {
        return SettingDefinition.all().stream()
                .map(SettingDefinition::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Settings read() {
        refuseUnknownNames();
        boolean demo = demo();
        var settings = new Settings(
                demo,
                demo ? Optional.empty() : steve(),
                demo ? Optional.empty() : value(SettingDefinition.DATABASE_URL),
                value(SettingDefinition.DATA_DIRECTORY).orElse(Path.of(demo ? "data/demo" : "data")),
                demo ? Optional.empty() : operator(),
                demo ? Optional.empty() : value(SettingDefinition.PUBLIC_URL),
                value(SettingDefinition.TRUSTED_PROXIES).orElse(List.of()),
                value(SettingDefinition.CURRENCY).orElse(Currency.getInstance("EUR")),
                value(SettingDefinition.TIME_ZONE).orElse(ZoneId.of("UTC")),
                value(SettingDefinition.STEVE_CALLS_PER_SECOND).orElse(5),
                Duration.ofDays(value(SettingDefinition.ANSWER_RETENTION_DAYS).orElse(400)),
                demo ? Optional.empty() : smtp());
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
                .forEach(name -> faults.add(name + " is not a setting; allowed are " + String.join(", ", names)));
    }

    /** The demo runs by default if no setting but the data directory is given. */
    private boolean demo() {
        if (text(SettingDefinition.DEMO).isEmpty()) {
            return namesOf(Scope.DATA).containsAll(given.keySet());
        }
        boolean demo = value(SettingDefinition.DEMO).orElse(false);
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

    private Optional<SteveAccess> steve() {
        if (text(SettingDefinition.STEVE_BASE_URL).isEmpty()) {
            faults.add("POLARIS_STEVE_BASE_URL is missing; give SteVe's address, e.g. http://host:8180/steve,"
                    + " or no POLARIS_ setting at all for the demo");
        }
        var url = value(SettingDefinition.STEVE_BASE_URL);
        var username = required(SettingDefinition.STEVE_USERNAME);
        var password = required(SettingDefinition.STEVE_PASSWORD);
        return url.map(address -> new SteveAccess(withoutTrailingSlash(address), username, password));
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
        var security = value(SettingDefinition.SMTP_SECURITY).orElse(Security.STARTTLS);
        int port = value(SettingDefinition.SMTP_PORT).orElse(security == Security.TLS ? 465 : 587);
        return Optional.of(
                new Smtp(host.get(), port, security, username, password, required(SettingDefinition.SMTP_FROM)));
    }

    /** Value of a required setting; empty if it is missing or faulty. */
    private String required(SettingDefinition<String> setting) {
        if (text(setting).isEmpty()) {
            faults.add(setting.name() + " is missing; give " + setting.allowed());
        }
        return value(setting).orElse("");
    }

    private <T> Optional<T> value(SettingDefinition<T> setting) {
        return text(setting).flatMap(text -> {
            try {
                return Optional.of(setting.parser().apply(text));
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
        return Optional.ofNullable(given.get(setting.name())).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Set<String> namesOf(Scope scope) {
        return SettingDefinition.all().stream()
                .filter(setting -> setting.scope() == scope)
                .map(SettingDefinition::name)
                .collect(Collectors.toSet());
    }

    private static URI withoutTrailingSlash(URI address) {
        return URI.create(address.toString().replaceFirst("/+$", ""));
    }
}
