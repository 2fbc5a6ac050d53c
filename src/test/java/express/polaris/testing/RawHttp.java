package express.polaris.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** HTTP over a plain socket, for requests that no client library sends. */
public final class RawHttp {

    private static final int LONGEST_WAIT = 20_000;

    private RawHttp() {}

    /**
     * Answer to a raw request.
     *
     * @param head status line and headers
     * @param body decoded if chunked; empty for an open stream
     */
    public record Answer(String head, String body) {

        /** Status code; 0 if the answer does not begin with a status line. */
        public int status() {
            var parts = head.split(" ", 3);
            return parts.length > 1 && parts[0].startsWith("HTTP/") && parts[1].matches("\\d{3}")
                    ? Integer.parseInt(parts[1])
                    : 0;
        }

        public Optional<String> header(String name) {
            var start = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .skip(1)
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }
    }

    /**
     * Sends the bytes, closes the sending side and returns all answers until the server closes the connection, or the
     * beginning of an event stream.
     */
    public static List<Answer> exchange(int port, byte[] request) {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(LONGEST_WAIT);
            send(socket, request);
            return answers(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that refuses a request may close the connection before it has read all of it. */
    private static void send(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
        } catch (IOException e) {
            // the answer says what became of the request
        }
    }

    private static List<Answer> answers(InputStream stream) throws IOException {
        var answers = new ArrayList<Answer>();
        for (var head = head(stream); !head.isEmpty(); head = head(stream)) {
            var answer = new Answer(head, "");
            if (answer.status() < 200 || answer.status() == 204 || answer.status() == 304) {
                answers.add(answer);
            } else if (answer.header("Content-Type").orElse("").startsWith("text/event-stream")) {
                answers.add(answer);
                return answers;
            } else {
                answers.add(new Answer(head, body(answer, stream)));
            }
        }
        return answers;
    }

    private static String head(InputStream stream) throws IOException {
        var head = new ByteArrayOutputStream();
        for (int next = read(stream); next >= 0; next = read(stream)) {
            head.write(next);
            if (next == '\n' && text(head).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return text(head);
    }

    private static String body(Answer answer, InputStream stream) throws IOException {
        if (answer.header("Transfer-Encoding").isPresent()) {
            return chunks(stream);
        }
        var length = answer.header("Content-Length").map(Long::valueOf).orElse(Long.MAX_VALUE);
        return bytes(stream, length);
    }

    private static String chunks(InputStream stream) throws IOException {
        var body = new StringBuilder();
        while (true) {
            var size = line(stream);
            if (size.isEmpty()) {
                return body.toString();
            }
            long length = Long.parseLong(size, 16);
            body.append(bytes(stream, length));
            line(stream);
            if (length == 0) {
                return body.toString();
            }
        }
    }

    private static String line(InputStream stream) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = read(stream); next >= 0 && next != '\n'; next = read(stream)) {
            line.write(next);
        }
        return text(line).strip();
    }

    private static String bytes(InputStream stream, long length) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (long left = length; left > 0; left--) {
            int next = read(stream);
            if (next < 0) {
                break;
            }
            bytes.write(next);
        }
        return text(bytes);
    }

    /** Next byte; -1 at the end, also if the server has reset the connection. */
    private static int read(InputStream stream) throws IOException {
        try {
            return stream.read();
        } catch (SocketException e) {
            return -1;
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
