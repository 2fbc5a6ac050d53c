package express.polaris.demo.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Response body, streamed. As in SteVe, a short body is sent plain with its length; a longer one is gzipped if the
 * client accepts that.
 */
final class AnswerBody extends OutputStream {

    private static final int GZIP_FROM_BYTES = 2048;

    private final HttpExchange exchange;
    private final int status;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(GZIP_FROM_BYTES);
    private Optional<OutputStream> sent = Optional.empty();

    AnswerBody(HttpExchange exchange, int status) {
        this.exchange = exchange;
        this.status = status;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (sent.isPresent()) {
            sent.get().write(bytes, offset, length);
            return;
        }
        beginning.write(bytes, offset, length);
        if (beginning.size() >= GZIP_FROM_BYTES) {
            var body = begin();
            beginning.writeTo(body);
            sent = Optional.of(body);
        }
    }

    @Override
    public void close() throws IOException {
        if (sent.isPresent()) {
            sent.get().close();
            return;
        }
        exchange.sendResponseHeaders(status, beginning.size());
        beginning.writeTo(exchange.getResponseBody());
        sent = Optional.of(exchange.getResponseBody());
    }

    private OutputStream begin() throws IOException {
        if (acceptsGzip()) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(status, 0);
            return new GZIPOutputStream(exchange.getResponseBody(), 16 * 1024);
        }
        exchange.sendResponseHeaders(status, 0);
        return exchange.getResponseBody();
    }

    private boolean acceptsGzip() {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept-Encoding"))
                .filter(accepted -> accepted.toLowerCase(Locale.ROOT).contains("gzip"))
                .isPresent();
    }
}
