package express.polaris.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** URL of the page from which a command is sent, to which the browser returns with the outcome. */
public final class ReturnPath {

    private static final int LONGEST = 1500;
    private static final String STOP = "stop";

    private ReturnPath() {}

    /** URL of the current page without outcomes of earlier commands; empty unless the request is a GET. */
    static String here() {
        return request()
                .filter(request -> request.getMethod().equals("GET"))
                .map(request -> {
                    var query = Optional.ofNullable(request.getQueryString())
                            .map(text -> "?" + text)
                            .orElse("");
                    return request.getRequestURI() + query;
                })
                .flatMap(ReturnPath::parse)
                .map(path -> UriComponentsBuilder.fromUriString(path)
                        .replaceQueryParam(STOP)
                        .replaceQueryParam("done")
                        .replaceQueryParam("note")
                        .build()
                        .toUriString())
                .orElse("");
    }

    /** Outcome of a stop, from the current URL; empty if the URL has no outcome. */
    static String stopOutcome() {
        return request()
                .filter(request -> request.getMethod().equals("GET"))
                .flatMap(request -> Optional.ofNullable(request.getParameter(STOP)))
                .orElse("");
    }

    /**
     * Accepts a path of this portal; empty for any other input. Two leading slashes would lead a browser to another
     * host.
     */
    public static Optional<String> parse(String given) {
        boolean ours = given.length() <= LONGEST && given.startsWith("/") && !given.startsWith("//");
        if (!ours) {
            return Optional.empty();
        }
        try {
            var address = new URI(given);
            return address.getRawAuthority() == null && address.getScheme() == null && given.indexOf('\\') < 0
                    ? Optional.of(given)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Adds the outcome of a stop to a path. */
    public static String afterStop(String path, String outcome) {
        return UriComponentsBuilder.fromUriString(path)
                .replaceQueryParam(STOP, outcome)
                .build()
                .toUriString();
    }

    private static Optional<HttpServletRequest> request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? Optional.of(current.getRequest())
                : Optional.empty();
    }
}
