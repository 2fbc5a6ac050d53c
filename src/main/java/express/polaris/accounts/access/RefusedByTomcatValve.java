package express.polaris.accounts.access;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Takes over requests that Tomcat refuses before any application sees them. A path that cannot be read, such as one
 * with {@code %00}, gets the usual 404. Anything that is not HTTP goes no further, and is the client's error: the
 * answer is the error page, with 400 also where Tomcat says 501 or 505.
 */
class RefusedByTomcatValve extends ValveBase {

    private static final Pattern READABLE = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+");

    RefusedByTomcatValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (isProtocolError(response) || response.getStatus() > Response.SC_BAD_REQUEST) {
            request.getMappingData().context = null;
            response.sendError(statusOf(request, response));
        } else if (!hasReadablePath(request)) {
            response.resetError();
            response.setSuspended(false);
            response.setStatus(Response.SC_OK);
            if (!sendOn(request, response)) {
                return;
            }
        }
        getNext().invoke(request, response);
    }

    private static boolean isProtocolError(Response response) {
        var answer = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_ERROR, answer);
        return answer.get();
    }

    private static int statusOf(Request request, Response response) {
        int status = response.getStatus();
        if (status >= 400 && status < 500) {
            return status;
        }
        return "CONNECT".equals(request.getMethod()) ? Response.SC_METHOD_NOT_ALLOWED : Response.SC_BAD_REQUEST;
    }

    /** Tomcat reads only the path, not its parameters, which Spring reads afterwards. */
    private static boolean hasReadablePath(Request request) {
        return request.getContext() != null
                && READABLE.matcher(request.getRequestURI()).matches();
    }

    /**
     * @return whether the request still has to be processed
     */
    private static boolean sendOn(Request request, Response response) throws IOException, ServletException {
        var coyote = request.getCoyoteRequest();
        var path = UnmappedPath.of(coyote.requestURI().toString());
        coyote.requestURI().setString(path);
        coyote.decodedURI().setString(path);
        request.getMappingData().recycle();
        try {
            var adapter = request.getConnector().getProtocolHandler().getAdapter();
            return adapter.prepare(coyote, response.getCoyoteResponse());
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
