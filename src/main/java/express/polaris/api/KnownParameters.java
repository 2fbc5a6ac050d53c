package express.polaris.api;

import express.polaris.platform.refusals.BadParameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Rejects query parameters that a call does not declare, and single-valued ones given twice: a misspelt filter must not
 * silently match everything. A call declares its {@code @RequestParam}s and the components of its
 * {@code @ModelAttribute} records.
 */
class KnownParameters implements HandlerInterceptor {

    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && !request.getParameterMap().isEmpty()) {
            var repeatable = known.computeIfAbsent(method.getMethod(), ignored -> parametersOf(method));
            request.getParameterMap().forEach((name, values) -> check(repeatable, name, values.length));
        }
        return true;
    }

    private static void check(Map<String, Boolean> repeatable, String name, int times) {
        var mayRepeat = Optional.ofNullable(repeatable.get(name)).orElseThrow(() -> BadParameter.unknown(name));
        if (times > 1 && !mayRepeat) {
            throw new BadParameter(name, "given at most once");
        }
    }

    /** Maps each parameter's name to whether it may repeat. */
    private static Map<String, Boolean> parametersOf(HandlerMethod method) {
        var parameters = new HashMap<String, Boolean>();
        for (var parameter : method.getMethodParameters()) {
            var requestParam = parameter.getParameterAnnotation(RequestParam.class);
            if (requestParam != null) {
                parameters.put(nameOf(parameter, requestParam), isMany(parameter.getParameterType()));
            } else if (parameter.hasParameterAnnotation(ModelAttribute.class)
                    && parameter.getParameterType().isRecord()) {
                Arrays.stream(parameter.getParameterType().getRecordComponents())
                        .forEach(component -> parameters.put(component.getName(), isMany(component)));
            }
        }
        return parameters;
    }

    private static String nameOf(MethodParameter parameter, RequestParam annotation) {
        return annotation.name().isEmpty()
                ? Optional.ofNullable(parameter.getParameter().getName()).orElseThrow()
                : annotation.name();
    }

    private static boolean isMany(RecordComponent component) {
        return isMany(component.getType());
    }

    private static boolean isMany(Class<?> type) {
        return type.isArray() || Collection.class.isAssignableFrom(type);
    }
}
