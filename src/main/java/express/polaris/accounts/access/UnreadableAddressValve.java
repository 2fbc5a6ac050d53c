package express.polaris.accounts.access;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Forwards paths that Tomcat rejects before any application sees them, such as one with {@code %00}, so they get
 * the usual 404.
 */
class UnreadableAddressValve extends ValveBase {

    UnreadableAddressValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getContext() == null && response.getStatus() == Response.SC_BAD_REQUEST) {
            response.resetError();
            response.setSuspended(false);
            response.setStatus(Response.SC_OK);
            if (!sendOn(request, response)) {
                return;
            }
        }
        getNext().invoke(request, response);
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
