package express.polaris.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Thousands of readers of streams on one thread, as raw sockets: they must cost less than what they measure. */
final class StreamClients implements AutoCloseable {

    private static final Pattern POSITION = Pattern.compile("\"position\":(\\d+)");
    private static final Pattern SESSION = Pattern.compile("\"id\":(\\d+)");

    private final Selector selector = Selector.open();
    private static final long RETRY = 1_000_000_000;

    private final Queue<Client> coming = new ConcurrentLinkedQueue<>();

    /** Refused ones, until they try again; of the clients' thread. */
    private final Queue<Client> waiting = new ArrayDeque<>();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final InetSocketAddress portal;
    private final Listener listener;
    private final Thread thread;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();

    /** Is told on the clients' thread. */
    interface Listener {

        /** The first event, so many nanoseconds after the client began to connect. */
        void greeted(Client client, long nanos);

        void meter(long session, int position, long at);

        /** A heartbeat, so many nanoseconds after the one before. */
        void heartbeat(long nanos);
    }

    /** One reader. */
    static final class Client {

        private final String path;
        private final String token;
        private final long began = System.nanoTime();
        private SocketChannel channel;
        private String rest = "";
        private String event = "";
        private boolean isGreeted;
        private boolean isRefused;
        private long lastHeartbeat;
        private long retryAt;
        private volatile boolean isClosed;

        Client(String path, String token, SocketChannel channel) {
            this.path = path;
            this.token = token;
            this.channel = channel;
        }

        String path() {
            return path;
        }

        String token() {
            return token;
        }

        void close() throws IOException {
            isClosed = true;
            channel.close();
        }
    }

    StreamClients(int port, Listener listener) throws IOException {
        this.portal = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("clients").daemon().start(this::run);
    }

    Client open(String path, String token) throws IOException {
        var client = new Client(path, token, connected());
        coming.add(client);
        selector.wakeup();
        return client;
    }

    private SocketChannel connected() throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(portal);
        return channel;
    }

    /** Answers other than 200. */
    int refused() {
        return refused.get();
    }

    /** Streams that the portal ended. */
    int over() {
        return over.get();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        thread.interrupt();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready, 100);
                for (var client = coming.poll(); client != null; client = coming.poll()) {
                    client.channel.register(selector, SelectionKey.OP_CONNECT, client);
                }
                while (!waiting.isEmpty() && waiting.peek().retryAt <= System.nanoTime()) {
                    var client = waiting.remove();
                    if (!client.isClosed) {
                        client.rest = "";
                        client.channel = connected();
                        client.channel.register(selector, SelectionKey.OP_CONNECT, client);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The clients have ended", e);
        }
    }

    private void ready(SelectionKey key) {
        var client = (Client) key.attachment();
        try {
            if (key.isConnectable() && client.channel.finishConnect()) {
                var request = "GET " + client.path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + client.token + "\r\n\r\n";
                client.channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                read(client, key);
            }
        } catch (IOException | CancelledKeyException e) {
            ended(client, key);
        }
    }

    /** As a browser does, it tries again. */
    private void ended(Client client, SelectionKey key) {
        key.cancel();
        if (client.isClosed) {
            return;
        }
        try {
            client.channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        if (client.isGreeted) {
            over.incrementAndGet();
        }
        client.retryAt = System.nanoTime() + RETRY;
        waiting.add(client);
    }

    private void read(Client client, SelectionKey key) throws IOException {
        buffer.clear();
        int read = client.channel.read(buffer);
        long at = System.nanoTime();
        if (read < 0) {
            ended(client, key);
            return;
        }
        buffer.flip();
        var text = client.rest + StandardCharsets.ISO_8859_1.decode(buffer);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            line(client, text.substring(from, end), at);
            from = end + 1;
        }
        client.rest = text.substring(from);
        if (client.isRefused) {
            client.isRefused = false;
            ended(client, key);
        }
    }

    private void line(Client client, String line, long at) {
        if (line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 200")) {
            refused.incrementAndGet();
            client.isRefused = true;
        } else if (client.isClosed) {
            return;
        } else if (line.equals(":")) {
            if (client.lastHeartbeat != 0) {
                listener.heartbeat(at - client.lastHeartbeat);
            }
            client.lastHeartbeat = at;
        } else if (line.startsWith("event: ")) {
            client.event = line;
        } else if (line.startsWith("data: ") && !client.isGreeted) {
            client.isGreeted = true;
            listener.greeted(client, at - client.began);
        } else if (line.startsWith("data: ") && client.event.equals("event: meter")) {
            var session = SESSION.matcher(line);
            var position = POSITION.matcher(line);
            if (session.find() && position.find()) {
                listener.meter(Long.parseLong(session.group(1)), Integer.parseInt(position.group(1)), at);
            }
        }
    }
}
