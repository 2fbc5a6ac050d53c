package express.polaris.accounts.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Origin of a request according to trusted proxies. Each proxy appends the peer it saw, so entries are read
 * from the right: the first untrusted address is the client's, and entries left of it are unverified
 * claims. {@code X-Forwarded-*} takes precedence over {@code Forwarded} (RFC 7239).
 */
record Forwarding(String address, String scheme, String host, int port) {

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");

    static Forwarding none(HttpServletRequest request) {
        return new Forwarding(
                request.getRemoteAddr(), request.getScheme(), request.getServerName(), request.getServerPort());
    }

    static Forwarding read(HttpServletRequest request, Predicate<String> isTrusted) {
        boolean legacy = Stream.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host")
                .anyMatch(name -> request.getHeader(name) != null);
        var addresses = legacy ? entries(request, "X-Forwarded-For") : parameters(request, "for");
        int hops = 0;
        var client = request.getRemoteAddr();
        for (var entry : addresses.reversed()) {
            var address = withoutPort(entry);
            if (!isAddress(address)) {
                break;
            }
            client = address;
            hops++;
            if (!isTrusted.test(address)) {
                break;
            }
        }
        var scheme = fromRight(legacy ? entries(request, "X-Forwarded-Proto") : parameters(request, "proto"), hops)
                .map(value -> value.toLowerCase(Locale.ROOT))
                .filter(value -> value.equals("http") || value.equals("https"))
                .orElse(request.getScheme());
        var host = fromRight(legacy ? entries(request, "X-Forwarded-Host") : parameters(request, "host"), hops)
                .map(HOST::matcher)
                .filter(matcher -> matcher.matches());
        int usual = scheme.equals("https") ? 443 : 80;
        var port = fromRight(legacy ? entries(request, "X-Forwarded-Port") : List.of(), hops)
                .filter(value -> value.matches("\\d{1,5}"))
                .map(Integer::valueOf);
        return new Forwarding(
                client,
                scheme,
                host.map(matcher -> matcher.group(1)).orElse(request.getServerName()),
                port.or(() -> host.map(matcher -> matcher.group(2)).map(Integer::valueOf))
                        .orElse(
                                host.isPresent() || !scheme.equals(request.getScheme())
                                        ? usual
                                        : request.getServerPort()));
    }

    static boolean isAddress(String text) {
        try {
            return !InetAddress.ofLiteral(text).isAnyLocalAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the entry of the outermost trusted proxy; proxies that overwrite the header leave a single entry. */
    private static Optional<String> fromRight(List<String> entries, int hops) {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(Math.max(0, entries.size() - Math.max(1, hops))));
    }

    private static List<String> entries(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static List<String> parameters(HttpServletRequest request, String parameter) {
        var values = new ArrayList<String>();
        for (var element : entries(request, "Forwarded")) {
            for (var pair : element.split(";")) {
                var parts = pair.strip().split("=", 2);
                if (parts.length == 2 && parts[0].strip().equalsIgnoreCase(parameter)) {
                    values.add(parts[1].strip().replaceAll("^\"|\"$", ""));
                }
            }
        }
        return values;
    }

    private static String withoutPort(String entry) {
        if (entry.startsWith("[")) {
            return entry.replaceFirst("^\\[([^]]*)](?::\\d+)?$", "$1");
        }
        return entry.indexOf(':') == entry.lastIndexOf(':') ? entry.replaceFirst(":\\d+$", "") : entry;
    }
}
