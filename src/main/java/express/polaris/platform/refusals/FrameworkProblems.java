package express.polaris.platform.refusals;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Maps the framework's own exceptions to problem details. */
final class FrameworkProblems {

    /** By then the transactions that this one was in the way of are over. */
    private static final int SOON_SECONDS = 1;

    private FrameworkProblems() {}

    static ProblemDetail of(Exception exception) {
        return switch (exception) {
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case MissingServletRequestParameterException missing ->
                BadParameter.missing(missing.getParameterName()).problem();
            case HttpMessageNotReadableException unreadable -> body(unreadable);
            case BindException binding -> query(binding);
            case MultipartException multipart -> ProblemDetail.of(400, "The form cannot be read.");
            case InvalidMimeTypeException accept -> ofStatus(406);
            case PessimisticLockingFailureException _ -> ofStatus(503);
            case ErrorResponse response -> ofStatus(response.getStatusCode().value());
            default -> ofStatus(500);
        };
    }

    static HttpHeaders headers(Exception exception) {
        return switch (exception) {
            case PessimisticLockingFailureException _ -> retryAfter(SOON_SECONDS);
            case ErrorResponse response -> response.getHeaders();
            default -> HttpHeaders.EMPTY;
        };
    }

    private static HttpHeaders retryAfter(int seconds) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        return headers;
    }

    static ProblemDetail ofStatus(int status) {
        return switch (status) {
            case 404 -> new NotFound().problem();
            case 405 -> ProblemDetail.of(405, "This address does not support that method.");
            case 406 -> ProblemDetail.of(406, "This address cannot answer in any of the accepted media types.");
            case 413 -> ProblemDetail.of(413, "The request is too large.");
            case 415 -> ProblemDetail.of(415, "This address does not support that media type.");
            case 503 -> ProblemDetail.of(503, "This service is not available right now.");
            default ->
                status >= 400 && status < 500
                        ? ProblemDetail.of(status, "The request is not valid.")
                        : ProblemDetail.of(500, "Something went wrong on our side. The error has been logged.");
        };
    }

    /** A path variable of the wrong type gives the same 404 as an unknown path. */
    private static ProblemDetail mismatch(MethodArgumentTypeMismatchException mismatch) {
        MethodParameter parameter = mismatch.getParameter();
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return new NotFound().problem();
        }
        if (parameter.hasParameterAnnotation(RequestHeader.class)) {
            return ProblemDetail.of(400, "The header \"" + mismatch.getName() + "\" is not valid.");
        }
        return new BadParameter(mismatch.getName(), allowed(mismatch.getRequiredType())).problem();
    }

    private static String allowed(@Nullable Class<?> type) {
        if (type == null) {
            return "of the documented type";
        }
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> constant.toString())
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "LocalDate" -> "a date such as 2026-03-31";
            case "Instant" -> "an instant such as 2026-03-31T22:00:00Z";
            case "BigDecimal" -> "a decimal number";
            default -> "in the documented format";
        };
    }

    private static ProblemDetail query(BindException binding) {
        var faults = binding.getFieldErrors().stream()
                .map(error -> new Fault(error.getField(), RequestReason.VALUE.with()))
                .toList();
        return faults.isEmpty()
                ? ofStatus(400)
                : new ProblemDetail(400, "The parameter \"" + faults.getFirst().field() + "\" is not valid.", faults);
    }

    /** An unreadable or non-JSON body gives 400; JSON of the wrong shape gives 422 with the field. */
    private static ProblemDetail body(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge) {
                return ofStatus(413);
            }
        }
        return switch (unreadable.getCause()) {
            case UnrecognizedPropertyException unknown -> faultIn(unknown, RequestReason.FIELD_UNKNOWN.with());
            case UnusableText text -> faultIn(text, text.wording());
            case InputCoercionException outOfBounds -> faultIn(outOfBounds, RequestReason.NUMBER_OUT_OF_BOUNDS.with());
            case StreamReadException malformed -> malformed();
            case DatabindException mismatch
            when !mismatch.getPath().isEmpty() -> faultIn(mismatch, RequestReason.TYPE.with());
            case null, default -> malformed();
        };
    }

    private static ProblemDetail malformed() {
        return ProblemDetail.of(400, "The request body is not the JSON that this address expects.");
    }

    private static ProblemDetail faultIn(JacksonException exception, Wording wording) {
        return InvalidInput.of(path(exception), wording).problem();
    }

    private static String path(JacksonException exception) {
        var path = new StringBuilder();
        for (var reference : exception.getPath()) {
            var property = reference.getPropertyName();
            if (property == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(property);
            }
        }
        return path.toString();
    }
}
