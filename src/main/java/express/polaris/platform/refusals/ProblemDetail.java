package express.polaris.platform.refusals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** Problem detail (RFC 9457): answer to a refused request. */
record ProblemDetail(int status, String detail, List<Fault> errors) {

    static ProblemDetail of(int status, String detail) {
        return new ProblemDetail(status, detail, List.of());
    }

    Map<String, Object> json() {
        var known = HttpStatus.resolve(status);
        var json = new LinkedHashMap<String, Object>();
        json.put("title", known == null ? "Error" : known.getReasonPhrase());
        json.put("status", status);
        json.put("detail", detail);
        if (!errors.isEmpty()) {
            json.put("errors", errors.stream().map(ProblemDetail::json).toList());
        }
        return json;
    }

    private static Map<String, String> json(Fault fault) {
        var json = new LinkedHashMap<String, String>();
        json.put("field", fault.field());
        json.put("message", fault.message());
        return json;
    }
}
