package express.polaris.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Looks at a route only where its address begins as the request's does. Spring compares a request with every route there
 * is, address last; with hundreds of them that took as long as writing a page.
 */
final class Routes extends RequestMappingHandlerMapping {

    /** The first segment of a route's addresses; empty where they differ or have a variable there. */
    private final Map<RequestMappingInfo, Optional<String>> beginnings = new ConcurrentHashMap<>();

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        return super.lookupHandlerMethod(path, new Beginning(request));
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo route, HttpServletRequest request) {
        var beginning = beginnings.computeIfAbsent(route, Routes::beginning);
        if (beginning.isPresent()
                && request instanceof Beginning asked
                && !beginning.get().equals(asked.segment)) {
            return null;
        }
        return super.getMatchingMapping(route, request);
    }

    private static Optional<String> beginning(RequestMappingInfo route) {
        var beginnings = route.getPatternValues().stream()
                .map(pattern -> pattern.split("/", 3))
                .map(segments -> segments.length > 1 ? segments[1] : "")
                .distinct()
                .toList();
        return beginnings.size() == 1 ? Optional.of(beginnings.getFirst()).filter(Routes::isLiteral) : Optional.empty();
    }

    private static boolean isLiteral(String segment) {
        return segment.chars().noneMatch(character -> "{}*?".indexOf(character) >= 0);
    }

    /** A request whose first segment is read once. */
    private static final class Beginning extends HttpServletRequestWrapper {

        private final String segment;

        Beginning(HttpServletRequest request) {
            super(request);
            var elements = ServletRequestPathUtils.getParsedRequestPath(request)
                    .pathWithinApplication()
                    .elements();
            segment = elements.size() > 1 && elements.get(1) instanceof PathSegment first ? first.valueToMatch() : "";
        }
    }
}
