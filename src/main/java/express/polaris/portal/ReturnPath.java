package express.polaris.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The page of this portal from which a command is sent, to return to with its outcome. */
final class ReturnPath {

    private static final int LONGEST = 1500;
    private static final String STOP = "stop";

    private ReturnPath() {}

    /** The address of the page that is asked for, without outcomes of earlier commands; empty for an answer to a form. */
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

    /** What came of a stop, as the address of the page says; empty when it says nothing. */
    static String stopOutcome() {
        return request()
                .filter(request -> request.getMethod().equals("GET"))
                .flatMap(request -> Optional.ofNullable(request.getParameter(STOP)))
                .orElse("");
    }

    /** A path of this portal; empty for anything else. A browser reads two slashes as another host. */
    static Optional<String> parse(String given) {
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

    /** The page, told what came of a stop. */
    static String afterStop(String path, String outcome) {
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
