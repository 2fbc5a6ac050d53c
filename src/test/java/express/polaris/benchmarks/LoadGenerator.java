package express.polaris.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Requests one address repeatedly over keep-alive connections, each sending its next request as soon as the previous
 * one is answered. Uses plain sockets and minimal parsing because it shares the machine with the system under test.
 */
final class LoadGenerator {

    /**
     * @param seconds measured duration
     */
    record Result(Latencies latencies, double seconds) {
        double perSecond() {
            return latencies.count() / seconds;
        }
    }

    private final int port;
    private final int connections;

    LoadGenerator(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /** @throws IOException when an answer is not a 200 with a {@code Content-Length} */
    Result run(String path, String cookie, Duration length) throws Exception {
        var request = ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAccept: text/html\r\n"
                        + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        long start = System.nanoTime();
        long end = start + length.toNanos();
        Callable<LongStream> connection = () -> ask(request, end);
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var answers = threads.invokeAll(
                    IntStream.range(0, connections).mapToObj(i -> connection).toList());
            var nanos = LongStream.empty();
            for (var answer : answers) {
                nanos = LongStream.concat(nanos, answer.get());
            }
            return new Result(Latencies.ofNanos(nanos.toArray()), (System.nanoTime() - start) / 1e9);
        }
    }

    private LongStream ask(byte[] request, long end) throws IOException {
        var nanos = LongStream.builder();
        long now = System.nanoTime();
        while (now < end) {
            try (var socket = new Socket("127.0.0.1", port)) {
                socket.setTcpNoDelay(true);
                var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
                boolean open = true;
                while (open && now < end) {
                    socket.getOutputStream().write(request);
                    open = readAnswer(in);
                    long answered = System.nanoTime();
                    nanos.add(answered - now);
                    now = answered;
                }
            }
        }
        return nanos.build();
    }

    /**
     * @return whether the connection can be reused; a server closes it after a number of requests
     */
    private static boolean readAnswer(InputStream in) throws IOException {
        var status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("Expected a 200, got " + status);
        }
        long length = -1;
        boolean open = true;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var folded = header.toLowerCase(Locale.ROOT);
            if (folded.startsWith("content-length:")) {
                length = Long.parseLong(
                        folded.substring("content-length:".length()).strip());
            }
            open &= !folded.matches("connection: *close");
        }
        if (length < 0) {
            throw new IOException("The answer has no Content-Length");
        }
        in.skipNBytes(length);
        return open;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
