package express.polaris.api.live;

import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Connection of a stream, taken over from Tomcat as a WebSocket's would be: a running request costs 60 kB of buffers and
 * a thread, a connection that has left HTTP a third of that and none. To the client it is an ordinary answer that ends
 * with the connection ({@code Connection: close}). Writing never waits: what the network does not take, Tomcat keeps, and
 * {@link #take} takes nothing more until it is gone.
 */
public final class LiveConnection implements InternalHttpUpgradeHandler, LiveStream.Outlet {

    private static final long NEVER = -1;

    private Optional<SocketWrapperBase<?>> socket = Optional.empty();
    private Optional<LiveStream> stream = Optional.empty();

    /** Says, while the request still runs, whose connection it will be. */
    void serve(LiveStream served) {
        stream = Optional.of(served);
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = Optional.of(wrapper);
    }

    /** The request is over and its buffers are free: the connection is the stream's. */
    @Override
    public void init(WebConnection connection) {
        socket.ifPresent(wrapper -> {
            wrapper.setReadTimeout(NEVER);
            wrapper.setWriteTimeout(NEVER);
        });
        stream.ifPresent(served -> served.connect(this));
    }

    @Override
    public boolean take(ByteBuffer bytes) throws IOException {
        var wrapper = socket.orElseThrow();
        if (wrapper.isClosed()) {
            throw new EOFException();
        }
        if (!wrapper.canWrite()) {
            return false;
        }
        wrapper.write(false, bytes);
        flush();
        return true;
    }

    @Override
    public boolean flush() throws IOException {
        var wrapper = socket.orElseThrow();
        if (!wrapper.flush(false)) {
            return true;
        }
        wrapper.registerWriteInterest();
        return false;
    }

    @Override
    public void close() {
        socket.ifPresent(SocketWrapperBase::close);
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        try {
            var wrapper = socket.orElseThrow();
            switch (event) {
                case OPEN_READ -> readNothing(wrapper);
                case OPEN_WRITE -> stream.ifPresent(LiveStream::goOn);
                default -> throw new EOFException(event.name());
            }
            return wrapper.isClosed() ? SocketState.CLOSED : SocketState.UPGRADED;
        } catch (IOException e) {
            destroy();
            return SocketState.CLOSED;
        }
    }

    /** The client has nothing to say, but may go. */
    private static void readNothing(SocketWrapperBase<?> wrapper) throws IOException {
        var bytes = ByteBuffer.allocate(64);
        int read = wrapper.read(false, bytes);
        while (read > 0) {
            bytes.clear();
            read = wrapper.read(false, bytes);
        }
        if (read < 0) {
            throw new EOFException();
        }
    }

    @Override
    public void destroy() {
        stream.ifPresent(LiveStream::end);
    }

    @Override
    public void pause() {
        // Streams end before the web server does.
    }

    @Override
    public void timeoutAsync(long now) {
        // A reader that takes nothing is cut off by the feed.
    }

    @Override
    public void setSslSupport(SSLSupport support) {
        // Nothing here depends on the encryption.
    }
}
