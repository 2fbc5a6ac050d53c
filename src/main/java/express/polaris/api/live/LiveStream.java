package express.polaris.api.live;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignedIn;
import express.polaris.sessions.SessionId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Connection of a reader. Senders put events into its queue without waiting; the request's own thread writes them. A
 * full queue means that the reader cannot keep up: it is disconnected, and catches up when it reconnects.
 */
final class LiveStream {

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final int RADIX = 36;
    private static final AtomicLong COUNT = new AtomicLong();

    private sealed interface Step {
        record Send(LiveEvent event) implements Step {}

        record Heartbeat() implements Step {}

        record End() implements Step {}
    }

    private final long number = COUNT.incrementAndGet();
    private final SignedIn reader;
    private final Optional<SessionId> session;
    private final BlockingQueue<Step> queue;
    private volatile boolean greeted;
    private volatile boolean ended;

    /**
     * @param session empty for all the reader's sessions
     */
    LiveStream(SignedIn reader, Optional<SessionId> session, int capacity) {
        this.reader = reader;
        this.session = session;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    SignedIn reader() {
        return reader;
    }

    AccountId account() {
        return reader.account().id();
    }

    Optional<SessionId> session() {
        return session;
    }

    /** Serial number; later streams have higher ones. */
    long number() {
        return number;
    }

    boolean isEnded() {
        return ended;
    }

    /** Marks the stream's first events as queued; it gets changes from now on. */
    void greeted() {
        greeted = true;
    }

    boolean isGreeted() {
        return greeted;
    }

    void send(LiveEvent event) {
        offer(new Step.Send(event));
    }

    void heartbeat() {
        offer(new Step.Heartbeat());
    }

    /** Ends the stream after the queued events. */
    void endAfterwards() {
        offer(new Step.End());
    }

    /** Ends the stream at once and drops the queued events. */
    void end() {
        ended = true;
        queue.clear();
        queue.offer(new Step.End());
    }

    /**
     * Writes events until the stream ends or the connection breaks.
     *
     * @param mayRead whether the sign-in or token is still valid; checked at each heartbeat
     */
    void writeTo(OutputStream out, Predicate<SignedIn> mayRead) throws IOException, InterruptedException {
        while (!ended) {
            switch (queue.take()) {
                case Step.Send(var event) -> write(event, out);
                case Step.Heartbeat() -> {
                    if (!mayRead.test(reader)) {
                        return;
                    }
                    out.write(COMMENT);
                }
                case Step.End() -> ended = true;
            }
            if (queue.isEmpty() || ended) {
                out.flush();
            }
        }
    }

    private void offer(Step step) {
        if (!ended && !queue.offer(step)) {
            end();
        }
    }

    private void write(LiveEvent event, OutputStream out) throws IOException {
        var id = session.isPresent()
                ? Long.toString(event.revision())
                : Long.toString(event.at().toEpochMilli(), RADIX);
        out.write(("id: " + id + "\nevent: " + event.name() + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        out.write(event.json());
        out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Instant in the id of the last event of a stream of all sessions, in ms since the epoch; empty for any other text.
     */
    static Optional<Long> brokenOffAt(String lastEventId) {
        try {
            return Optional.of(Long.parseLong(lastEventId, RADIX)).filter(millis -> millis >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
