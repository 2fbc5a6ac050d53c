package express.polaris.steve;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Streamed response body with backpressure: it requests one packet at a time, so a slow reader slows the sender down
 * instead of filling memory. Only time spent waiting for the sender counts against the limits.
 */
final class StreamedBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

    /** Minimum average rate; a slower answer is not worth waiting for. */
    private static final long LEAST_BYTES_PER_SECOND = 16 * 1024;

    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record End() implements Part {}

        record Broken(Throwable cause) implements Part {}
    }

    private final Duration silence;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> source = new CompletableFuture<>();
    private final Queue<ByteBuffer> arrived = new ArrayDeque<>();
    private long allowedNanos;
    private boolean ended;

    /**
     * @param silence longest pause between two packets
     * @param waiting total waiting time; each byte received extends it a little
     */
    StreamedBody(Duration silence, Duration waiting) {
        this.silence = silence;
        this.allowedNanos = waiting.toNanos();
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source.complete(subscription);
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        parts.add(new Part.Broken(failure));
    }

    @Override
    public void onComplete() {
        parts.add(new Part.End());
    }

    @Override
    public int read() throws IOException {
        return hasMore()
                ? Byte.toUnsignedInt(Objects.requireNonNull(arrived.peek()).get())
                : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        ByteBuffer buffer = Objects.requireNonNull(arrived.peek());
        int taken = Math.min(length, buffer.remaining());
        buffer.get(target, offset, taken);
        return taken;
    }

    /** Bytes available without waiting; a decompressor asks this to detect a further gzip member. */
    @Override
    public int available() {
        ByteBuffer buffer = arrived.peek();
        return buffer == null ? 0 : buffer.remaining();
    }

    /** Cancels the transfer if it has not finished. */
    @Override
    public void close() {
        source.thenAccept(Flow.Subscription::cancel);
    }

    private boolean hasMore() throws IOException {
        while (!ended) {
            ByteBuffer buffer = arrived.peek();
            if (buffer == null) {
                take(next());
            } else if (buffer.hasRemaining()) {
                return true;
            } else {
                arrived.remove();
            }
        }
        return false;
    }

    private void take(Part part) throws IOException {
        switch (part) {
            case Part.Bytes(var buffers) -> {
                arrived.addAll(buffers);
                long bytes = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
                allowedNanos += bytes * 1_000_000_000L / LEAST_BYTES_PER_SECOND;
                source.join().request(1);
            }
            case Part.End() -> ended = true;
            case Part.Broken(Error error) -> throw error;
            case Part.Broken(var cause) -> throw new BodyBroken(cause);
        }
    }

    private Part next() throws IOException {
        long from = System.nanoTime();
        long wait = Math.min(silence.toNanos(), allowedNanos);
        try {
            Part part = parts.poll(wait, TimeUnit.NANOSECONDS);
            allowedNanos -= System.nanoTime() - from;
            if (part == null) {
                throw new BodyTooSlow();
            }
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting").initCause(e);
        }
    }

    /** The sender paused for too long, or was too slow overall. */
    static final class BodyTooSlow extends IOException {
        private static final long serialVersionUID = 1L;

        BodyTooSlow() {
            super("the body stopped arriving");
        }
    }

    /** The connection ended before the body was complete. */
    static final class BodyBroken extends IOException {
        private static final long serialVersionUID = 1L;

        BodyBroken(Throwable cause) {
            super("the body broke off", cause);
        }
    }
}
