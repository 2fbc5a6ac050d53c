package express.polaris.platform.settings;

import express.polaris.platform.settings.Settings.DatabaseAccess;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Parses the text of a setting; each parser throws an {@link IllegalArgumentException} for a value that is not
 * allowed.
 */
final class SettingParsers {

    private static final Pattern MAIL_ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Pattern SENDER = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");
    private static final Pattern PROXY = Pattern.compile("([0-9a-fA-F.]*:[0-9a-fA-F.:]*|\\d+(\\.\\d+){3})(/\\d{1,3})?");

    private static final Pattern SERIES_CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private SettingParsers() {}

    static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    static int number(String text, int least, int most) {
        int number = Integer.parseInt(text);
        check(least <= number && number <= most, "out of bounds");
        return number;
    }

    /** Time of day; empty for "off". */
    static Optional<LocalTime> timeOrOff(String text) {
        return text.equals("off") ? Optional.empty() : Optional.of(LocalTime.parse(text));
    }

    static String longText(String text, int shortest) {
        check(text.length() >= shortest, "too short");
        return text;
    }

    static String shortText(String text, int longest) {
        check(text.length() <= longest, "too long");
        return text;
    }

    /** Entries separated by commas. */
    static List<String> names(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .distinct()
                .toList();
    }

    static List<String> scopes(String text) {
        var scopes = names(text);
        check(scopes.contains("openid"), "without openid there is no identity");
        return scopes;
    }

    static String mailAddress(String text) {
        check(MAIL_ADDRESS.matcher(text).matches(), "not an e-mail address");
        return text;
    }

    /** Mail address that can be used in a mail header as it is. */
    static String sender(String text) {
        check(SENDER.matcher(text).matches(), "not an e-mail address");
        return text;
    }

    static URI webAddress(String text) {
        var uri = URI.create(text);
        check(hasScheme(uri, "http", "https") && uri.getHost() != null, "not an address of the web");
        return uri;
    }

    /** Addresses by code. A comma inside an address is written as {@code %2C}. */
    static Map<String, URI> priceSeries(String text) {
        var series = new TreeMap<String, URI>();
        for (var entry : names(text)) {
            var parts = entry.split("=", 2);
            check(parts.length == 2 && SERIES_CODE.matcher(parts[0]).matches(), "not a code with an address");
            check(series.put(parts[0], webAddress(parts[1])) == null, "a code twice");
        }
        return series;
    }

    /** Address to which paths are appended. */
    static URI baseAddress(String text) {
        return webAddress(text.replaceFirst("/+$", ""));
    }

    static DatabaseAccess database(String text) {
        if (text.startsWith("jdbc:postgresql:")) {
            return new DatabaseAccess(text, Optional.empty(), Optional.empty());
        }
        var uri = URI.create(text);
        check(hasScheme(uri, "postgresql", "postgres") && uri.getHost() != null, "not an address of PostgreSQL");
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var userInfo = Optional.ofNullable(uri.getRawUserInfo()).map(info -> info.split(":", 2));
        return new DatabaseAccess(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
                userInfo.map(parts -> decoded(parts[0])),
                userInfo.filter(parts -> parts.length == 2).map(parts -> decoded(parts[1])));
    }

    /**
     * @throws IllegalEntries naming every entry that is not allowed
     */
    static List<String> proxies(String text) {
        var proxies = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        var illegal = proxies.stream().filter(entry -> !isProxy(entry)).toList();
        if (!illegal.isEmpty()) {
            throw new IllegalEntries(illegal);
        }
        return proxies;
    }

    /** Entries of a list that are not allowed. */
    static final class IllegalEntries extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final transient List<String> entries;

        IllegalEntries(List<String> entries) {
            super(String.join(", ", entries));
            this.entries = entries;
        }

        List<String> entries() {
            return entries;
        }
    }

    private static boolean isProxy(String entry) {
        if (!PROXY.matcher(entry).matches()) {
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

    private static boolean hasScheme(URI uri, String... schemes) {
        return Set.of(schemes).contains(String.valueOf(uri.getScheme()));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void check(boolean allowed, String why) {
        if (!allowed) {
            throw new IllegalArgumentException(why);
        }
    }
}
