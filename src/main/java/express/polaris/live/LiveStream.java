package express.polaris.live;

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
 * One connection. Whoever has news puts them into its queue and goes on; the request's own thread writes them. A queue
 * that is full belongs to a reader that cannot keep up: it is cut off, and catches up by connecting again.
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

    /** @param session empty for all sessions of the reader */
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

    /** Later ones have higher numbers. */
    long number() {
        return number;
    }

    boolean isEnded() {
        return ended;
    }

    /** Its first events are in the queue: from now on it gets the news. */
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

    /** After what is waiting has been written. */
    void endAfterwards() {
        offer(new Step.End());
    }

    /** At once: what is waiting is not written any more. */
    void end() {
        ended = true;
        queue.clear();
        queue.offer(new Step.End());
    }

    /**
     * Writes until the stream ends or its reader is gone.
     *
     * @param mayRead whether the sign-in or token still holds; asked at each heartbeat
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

    /** Where a stream of all sessions was broken off, in ms since the epoch; empty for a text that is no id of ours. */
    static Optional<Long> brokenOffAt(String lastEventId) {
        try {
            return Optional.of(Long.parseLong(lastEventId, RADIX)).filter(millis -> millis >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
