package express.polaris.settings;

import express.polaris.settings.Settings.DatabaseAccess;
import express.polaris.settings.Settings.FirstOperator;
import express.polaris.settings.Settings.Smtp;
import express.polaris.settings.Settings.Smtp.Security;
import express.polaris.settings.Settings.SteveAccess;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Turns the given {@code POLARIS_} variables into {@link Settings}, or into all their faults at once. */
final class SettingsReader {

    private static final Set<String> DATA = Set.of("POLARIS_DATA_DIRECTORY");

    /** Settings that say how this installation is reached or what it stands on: none of them goes with the demo. */
    private static final Set<String> REAL_INSTALLATION = Set.of(
            "POLARIS_STEVE_BASE_URL",
            "POLARIS_STEVE_USERNAME",
            "POLARIS_STEVE_PASSWORD",
            "POLARIS_DATABASE_URL",
            "POLARIS_OPERATOR_EMAIL",
            "POLARIS_OPERATOR_PASSWORD",
            "POLARIS_PUBLIC_URL",
            "POLARIS_SMTP_HOST",
            "POLARIS_SMTP_PORT",
            "POLARIS_SMTP_SECURITY",
            "POLARIS_SMTP_USERNAME",
            "POLARIS_SMTP_PASSWORD",
            "POLARIS_SMTP_FROM");

    private static final Set<String> TUNING = Set.of(
            "POLARIS_DEMO",
            "POLARIS_TRUSTED_PROXIES",
            "POLARIS_CURRENCY",
            "POLARIS_TIME_ZONE",
            "POLARIS_STEVE_CALLS_PER_SECOND",
            "POLARIS_ANSWER_RETENTION_DAYS");

    private static final int SHORTEST_PASSWORD = 10;

    private final Map<String, String> given;
    private final List<String> faults = new ArrayList<>();

    private SettingsReader(Map<String, String> given) {
        this.given = given;
    }

    /**
     * @param given variable names as in the environment, e.g. {@code POLARIS_STEVE_BASE_URL}
     * @throws InvalidSettings naming every fault
     */
    static Settings read(Map<String, String> given) {
        return new SettingsReader(given).read();
    }

    /** The names that are understood. */
    static Set<String> names() {
        var names = new TreeSet<String>(REAL_INSTALLATION);
        names.addAll(TUNING);
        names.addAll(DATA);
        return names;
    }

    private Settings read() {
        refuseUnknownNames();
        boolean demo = demo();
        var settings = new Settings(
                demo,
                demo ? Optional.empty() : steve(),
                demo ? Optional.empty() : database(),
                Path.of(text("POLARIS_DATA_DIRECTORY").orElse(demo ? "data/demo" : "data")),
                demo ? Optional.empty() : operator(),
                demo ? Optional.empty() : webAddress("POLARIS_PUBLIC_URL"),
                trustedProxies(),
                parsed("POLARIS_CURRENCY", "EUR", Currency::getInstance, "an ISO 4217 code such as EUR"),
                parsed("POLARIS_TIME_ZONE", "UTC", ZoneId::of, "a zone such as Europe/Berlin"),
                number("POLARIS_STEVE_CALLS_PER_SECOND", 5, 1, 1000),
                Duration.ofDays(number("POLARIS_ANSWER_RETENTION_DAYS", 400, 1, 36_500)),
                demo ? Optional.empty() : smtp());
        if (!faults.isEmpty()) {
            throw new InvalidSettings(faults);
        }
        return settings;
    }

    private void refuseUnknownNames() {
        given.keySet().stream()
                .filter(name -> !names().contains(name))
                .sorted()
                .forEach(name -> faults.add(name + " is not a setting; allowed are " + String.join(", ", names())));
    }

    private boolean demo() {
        var wish = text("POLARIS_DEMO");
        boolean demo = switch (wish.orElse("")) {
            case "true" -> true;
            case "false" -> false;
            case "" -> given.keySet().stream().allMatch(DATA::contains);
            default -> {
                faults.add("POLARIS_DEMO is \"" + wish.orElse("") + "\"; allowed are true and false");
                yield false;
            }
        };
        if (demo) {
            given.keySet().stream()
                    .filter(REAL_INSTALLATION::contains)
                    .sorted()
                    .forEach(name -> faults.add(name + " is given together with POLARIS_DEMO=true; the demo brings its"
                            + " own SteVe, database and accounts, so remove one of the two"));
        }
        return demo;
    }

    private Optional<SteveAccess> steve() {
        var url = webAddress("POLARIS_STEVE_BASE_URL");
        if (text("POLARIS_STEVE_BASE_URL").isEmpty()) {
            faults.add("POLARIS_STEVE_BASE_URL is missing; give SteVe's address, e.g. http://host:8180/steve,"
                    + " or no POLARIS_ setting at all for the demo");
        }
        var username = required("POLARIS_STEVE_USERNAME", "a SteVe user that has an API password");
        var password = required("POLARIS_STEVE_PASSWORD", "that user's API password");
        return url.map(address -> new SteveAccess(withoutTrailingSlash(address), username, password));
    }

    private Optional<DatabaseAccess> database() {
        var given = text("POLARIS_DATABASE_URL");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var url = given.get();
        if (url.startsWith("jdbc:postgresql:")) {
            return Optional.of(new DatabaseAccess(url, Optional.empty(), Optional.empty()));
        }
        try {
            var uri = new URI(url);
            if (Set.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return Optional.of(fromUri(uri));
            }
        } catch (URISyntaxException e) {
            // falls through to the fault below, which does not repeat the address: it may hold a password
        }
        faults.add("POLARIS_DATABASE_URL cannot be read; allowed are jdbc:postgresql://host/db"
                + " and postgresql://user:password@host/db");
        return Optional.empty();
    }

    private static DatabaseAccess fromUri(URI uri) {
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var userInfo = Optional.ofNullable(uri.getRawUserInfo()).map(text -> text.split(":", 2));
        return new DatabaseAccess(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
                userInfo.map(parts -> decoded(parts[0])),
                userInfo.filter(parts -> parts.length == 2).map(parts -> decoded(parts[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Optional<FirstOperator> operator() {
        var email = text("POLARIS_OPERATOR_EMAIL");
        var password = text("POLARIS_OPERATOR_PASSWORD");
        if (email.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        if (email.isEmpty() || !email.get().matches("[^@\\s]+@[^@\\s]+")) {
            faults.add("POLARIS_OPERATOR_EMAIL is \"" + email.orElse("") + "\"; give an e-mail address");
        }
        if (password.isEmpty() || password.get().length() < SHORTEST_PASSWORD) {
            faults.add("POLARIS_OPERATOR_PASSWORD is missing or short; give at least " + SHORTEST_PASSWORD
                    + " characters");
        }
        return Optional.of(new FirstOperator(email.orElse(""), password.orElse("")));
    }

    private Optional<Smtp> smtp() {
        var host = text("POLARIS_SMTP_HOST");
        if (host.isEmpty()) {
            given.keySet().stream()
                    .filter(name -> name.startsWith("POLARIS_SMTP_"))
                    .sorted()
                    .forEach(name -> faults.add(name + " is given without POLARIS_SMTP_HOST; give both or neither"));
            return Optional.empty();
        }
        var security = parsed(
                "POLARIS_SMTP_SECURITY",
                "starttls",
                value -> Security.valueOf(value.toUpperCase(Locale.ROOT)),
                "starttls, tls or none");
        var username = text("POLARIS_SMTP_USERNAME");
        var password = text("POLARIS_SMTP_PASSWORD");
        if (username.isPresent() != password.isPresent()) {
            faults.add("POLARIS_SMTP_USERNAME and POLARIS_SMTP_PASSWORD go together; give both or neither");
        }
        var from = required("POLARIS_SMTP_FROM", "the address that mails come from");
        if (!from.isEmpty() && !from.matches("[^@\\s<>]+@[^@\\s<>]+")) {
            faults.add("POLARIS_SMTP_FROM is \"" + from + "\"; give an e-mail address");
        }
        if (text("POLARIS_PUBLIC_URL").isEmpty()) {
            faults.add("POLARIS_PUBLIC_URL is missing; mails link to it, so it is needed with POLARIS_SMTP_HOST");
        }
        int port = number("POLARIS_SMTP_PORT", security == Security.TLS ? 465 : 587, 1, 65_535);
        return Optional.of(new Smtp(host.get(), port, security, username, password, from));
    }

    private List<String> trustedProxies() {
        var proxies = text("POLARIS_TRUSTED_PROXIES").stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        proxies.stream()
                .filter(entry -> !isProxy(entry))
                .forEach(entry -> faults.add("POLARIS_TRUSTED_PROXIES has \"" + entry
                        + "\"; allowed are IP addresses and CIDR blocks such as 10.0.0.0/8, separated by commas"));
        return proxies;
    }

    private static boolean isProxy(String entry) {
        if (!entry.matches("([0-9a-fA-F.]*:[0-9a-fA-F.:]*|\\d+(\\.\\d+){3})(/\\d{1,3})?")) {
            return false;
        }
        var parts = entry.split("/");
        try {
            int bits = InetAddress.ofLiteral(parts[0]).getAddress().length * Byte.SIZE;
            return parts.length == 1 || Integer.parseInt(parts[1]) <= bits;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<URI> webAddress(String name) {
        return text(name).flatMap(given -> {
            try {
                var uri = new URI(given);
                if (Set.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                    return Optional.of(uri);
                }
            } catch (URISyntaxException e) {
                // falls through to the fault below
            }
            faults.add(name + " is \"" + given + "\"; give an address that starts with http:// or https://");
            return Optional.empty();
        });
    }

    private String required(String name, String what) {
        return text(name).orElseGet(() -> {
            faults.add(name + " is missing; give " + what);
            return "";
        });
    }

    private <T> T parsed(String name, String fallback, Function<String, T> parser, String allowed) {
        var value = text(name).orElse(fallback);
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeException e) {
            faults.add(name + " is \"" + value + "\"; give " + allowed);
            return parser.apply(fallback);
        }
    }

    private int number(String name, int fallback, int least, int most) {
        var value = text(name);
        try {
            int number = value.map(Integer::parseInt).orElse(fallback);
            if (least <= number && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the fault below
        }
        faults.add(name + " is \"" + value.orElse("") + "\"; give a whole number from " + least + " to " + most);
        return fallback;
    }

    private static URI withoutTrailingSlash(URI address) {
        return URI.create(address.toString().replaceFirst("/+$", ""));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
