package express.polaris.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.Role;
import express.polaris.accounts.SignInRight;
import express.polaris.accounts.SignedIn;
import express.polaris.sessions.SessionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LiveStreamTest {

    private static final SignedIn READER = SignedIn.bySession(
            new SignInRight(
                    new Account(
                            new AccountId(1),
                            "a@people.example",
                            "A",
                            Role.DRIVER,
                            Locale.ENGLISH,
                            ZoneOffset.UTC,
                            Optional.empty()),
                    0),
            "session");

    private static LiveEvent event(long revision) {
        return new LiveEvent(
                LiveEvent.METER,
                new SessionId(7),
                revision,
                Instant.ofEpochMilli(36),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSlowReaderIsCutOffAndDelaysNoOther() throws Exception {
        var stream = new LiveStream(READER, Optional.of(new SessionId(7)), 4);
        var mayGoOn = new CountDownLatch(1);
        var stuck = new CountDownLatch(1);
        var written = new ByteArrayOutputStream();
        var writer = Thread.ofVirtual().start(() -> {
            try {
                stream.writeTo(blockedBy(stuck, mayGoOn, written), reader -> true);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        stream.send(event(1));
        stuck.await();
        for (int revision = 2; revision <= 100; revision++) {
            stream.send(event(revision));
        }
        assertThat(stream.isEnded()).isTrue();
        mayGoOn.countDown();
        await().until(() -> !writer.isAlive());
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("id: 1\nevent: meter\ndata: {}\n\n");
    }

    @Test
    void queuedEventsAreWrittenBeforeTheStreamEnds() throws Exception {
        var stream = new LiveStream(READER, Optional.empty(), 4);
        stream.send(event(1));
        stream.endAfterwards();
        stream.send(event(2));
        var out = new ByteArrayOutputStream();
        stream.writeTo(out, reader -> true);
        // 36 in base 36
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("id: 10\nevent: meter\ndata: {}\n\n");
        assertThat(LiveStream.brokenOffAt("10")).contains(36L);
        assertThat(LiveStream.brokenOffAt("!")).isEmpty();
    }

    @Test
    void aStreamEndsAtTheHeartbeatAfterItsSignInEnded() throws Exception {
        var stream = new LiveStream(READER, Optional.empty(), 4);
        stream.heartbeat();
        stream.send(event(1));
        var out = new ByteArrayOutputStream();
        stream.writeTo(out, reader -> false);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static OutputStream blockedBy(CountDownLatch stuck, CountDownLatch mayGoOn, OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                stuck.countDown();
                try {
                    mayGoOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                out.write(bytes, offset, length);
            }
        };
    }
}
