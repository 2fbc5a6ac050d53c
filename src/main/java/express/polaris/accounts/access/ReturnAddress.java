package express.polaris.accounts.access;

import express.polaris.accounts.Account;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Page requested before the redirect to sign in: a path of this site, kept in a cookie for ten minutes. */
final class ReturnAddress {

    private static final String COOKIE = "polaris_return";
    private static final String DRIVERS_HOME = "/";
    private static final String OPERATORS_HOME = "/operator";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int LONGEST = 1500;

    private ReturnAddress() {}

    static void keep(HttpServletRequest request, HttpServletResponse response) {
        var query = request.getQueryString();
        var address = request.getRequestURI() + (query == null ? "" : "?" + query);
        if (isOurs(address)) {
            var value =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(address.getBytes(StandardCharsets.UTF_8));
            Cookies.write(request, response, COOKIE, value, LIFE);
        }
    }

    /** Start page of this account. */
    static String homeOf(Account account) {
        return account.isOperator() ? OPERATORS_HOME : DRIVERS_HOME;
    }

    /** Returns the page to go to after signing in and clears the cookie. */
    static String take(Account account, HttpServletRequest request, HttpServletResponse response) {
        var kept = Cookies.read(request, COOKIE);
        if (kept.isPresent()) {
            Cookies.write(request, response, COOKIE, "", Duration.ZERO);
        }
        return kept.flatMap(ReturnAddress::decoded)
                .filter(ReturnAddress::isOurs)
                .orElse(homeOf(account));
    }

    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A browser treats two slashes, or a slash and a backslash, as the start of another host. */
    private static boolean isOurs(String address) {
        return address.length() <= LONGEST
                && address.startsWith("/")
                && !address.startsWith("//")
                && !address.startsWith("/sign-")
                && address.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\')
                && isAddress(address);
    }

    private static boolean isAddress(String text) {
        try {
            new URI(text);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
