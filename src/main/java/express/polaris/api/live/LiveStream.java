package express.polaris.api.live;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignedIn;
import express.polaris.sessions.SessionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection of a reader. The thread that sends an event writes as many bytes as the network takes at once and does not
 * wait; the rest is kept here until the network takes more. A reader with too many bytes kept, or that takes none for too
 * long, is cut off, and gets what it missed when it reconnects.
 */
final class LiveStream {

    private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final AtomicLong COUNT = new AtomicLong();

    /** The network's end of a stream; it is called by one thread at a time. */
    interface Outlet {

        /**
         * Takes these bytes, or none while it is busy with earlier ones; then it calls {@link LiveStream#goOn} when it
         * is not.
         *
         * @return whether it took them
         */
        boolean take(ByteBuffer bytes) throws IOException;

        /**
         * Writes what it took earlier.
         *
         * @return whether all of it is written; if not, it calls {@link LiveStream#goOn} again
         */
        boolean flush() throws IOException;

        /** Closes the connection; does nothing if it is closed. */
        void close();
    }

    /** Why a stream ended. */
    enum End {
        OVER,
        CUT_OFF
    }

    private final long number = COUNT.incrementAndGet();
    private final SignedIn reader;
    private final Optional<SessionId> session;
    private final LiveLimits limits;
    private final BiConsumer<LiveStream, End> ended;

    /** Sessions of which this stream of all sessions has sent the state; guarded by the lock of the driver's streams. */
    private final Set<SessionId> introduced = new HashSet<>(2);

    private Queue<byte[]> waiting = new ArrayDeque<>(1);
    private int waitingBytes;
    private Optional<Outlet> outlet = Optional.empty();
    private long stalledSince = System.nanoTime();
    private boolean isStalled = true;
    private boolean isGreeted;
    private boolean endsAfterwards;
    private boolean isEnded;

    /**
     * @param session empty for all the reader's sessions
     * @param ended called once, when the stream has ended
     */
    LiveStream(SignedIn reader, Optional<SessionId> session, LiveLimits limits, BiConsumer<LiveStream, End> ended) {
        this.reader = reader;
        this.session = session;
        this.limits = limits;
        this.ended = ended;
    }

    SignedIn reader() {
        return reader;
    }

    /** The driver whose sessions are read. */
    AccountId account() {
        return reader.account().id();
    }

    /** Who reads: an operator, while they view the driver's portal. */
    AccountId person() {
        return reader.person().id();
    }

    Optional<SessionId> session() {
        return session;
    }

    Set<SessionId> introduced() {
        return introduced;
    }

    /** Serial number; later streams have higher ones. */
    long number() {
        return number;
    }

    synchronized boolean isEnded() {
        return isEnded;
    }

    /** It has the sessions' state to send; a connection is expected from now on. */
    synchronized void awaitConnection() {
        isGreeted = true;
        stalledSince = System.nanoTime();
    }

    /** Whether nothing could be written for so long; at first, because there is no connection yet. */
    synchronized boolean isStalledSince(long nanoTime) {
        return isGreeted && isStalled && !isEnded && stalledSince - nanoTime <= 0;
    }

    /** Begins to write: what waits already, and then whatever comes. */
    synchronized void connect(Outlet to) {
        if (isEnded) {
            to.close();
            return;
        }
        outlet = Optional.of(to);
        isGreeted = true;
        isStalled = false;
        write();
    }

    void send(LiveEvent event) {
        send(event.bytes(session.isPresent()));
    }

    /** A comment; says nothing to who has enough to read. */
    synchronized void heartbeat() {
        if (waiting.isEmpty()) {
            send(COMMENT);
        }
    }

    /** Ends the stream after the waiting events. */
    synchronized void endAfterwards() {
        endsAfterwards = true;
        write();
    }

    /** Ends the stream at once and drops the waiting events. */
    void end() {
        end(End.OVER);
    }

    /** Ends the stream of a reader that does not keep up. */
    void cutOff() {
        end(End.CUT_OFF);
    }

    /** The network goes on. */
    synchronized void goOn() {
        if (isEnded || outlet.isEmpty()) {
            return;
        }
        try {
            if (!outlet.get().flush()) {
                return;
            }
        } catch (IOException e) {
            log.debug("A client disconnected", e);
            end();
            return;
        }
        isStalled = false;
        write();
    }

    private synchronized void send(byte[] bytes) {
        if (isEnded || endsAfterwards) {
            return;
        }
        if (waiting.size() >= limits.queue() || waitingBytes >= limits.queueBytes()) {
            cutOff();
            return;
        }
        waiting.add(bytes);
        waitingBytes += bytes.length;
        write();
    }

    private void write() {
        if (isEnded || outlet.isEmpty() || isStalled) {
            return;
        }
        try {
            for (var next = waiting.peek(); next != null; next = waiting.peek()) {
                if (!outlet.get().take(ByteBuffer.wrap(next))) {
                    isStalled = true;
                    stalledSince = System.nanoTime();
                    return;
                }
                waiting.remove();
                waitingBytes -= next.length;
            }
        } catch (IOException | IllegalStateException e) {
            // The server may have taken the connection back in this moment.
            log.debug("A client disconnected", e);
            end();
            return;
        }
        if (endsAfterwards) {
            end();
        }
    }

    private synchronized void end(End how) {
        if (isEnded) {
            return;
        }
        isEnded = true;
        waiting = new ArrayDeque<>(1);
        outlet.ifPresent(Outlet::close);
        ended.accept(this, how);
    }
}
