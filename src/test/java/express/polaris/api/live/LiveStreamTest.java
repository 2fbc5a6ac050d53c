package express.polaris.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.Role;
import express.polaris.accounts.SignInRight;
import express.polaris.accounts.SignedIn;
import express.polaris.sessions.SessionId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    private static final LiveLimits LIMITS =
            new LiveLimits(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(10), 4, 1000, 20, 100);

    private final List<LiveStream.End> ends = new ArrayList<>();
    private final Network network = new Network();

    private LiveStream stream(Optional<SessionId> session) {
        return new LiveStream(READER, session, LIMITS, (stream, how) -> ends.add(how));
    }

    private static LiveEvent event(long revision) {
        return event(revision, "{}");
    }

    private static LiveEvent event(long revision, String json) {
        return new LiveEvent(
                LiveEvent.METER, revision, Instant.ofEpochMilli(36), json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSlowReaderIsCutOffAndDelaysNoOther() {
        var stream = stream(Optional.of(new SessionId(7)));
        stream.connect(network);
        stream.send(event(1));
        network.isBusy = true;
        for (int revision = 2; revision <= 100; revision++) {
            // Returns although the reader takes nothing.
            stream.send(event(revision));
        }
        assertThat(stream.isEnded()).isTrue();
        assertThat(ends).containsExactly(LiveStream.End.CUT_OFF);
        assertThat(network.isClosed).isTrue();
        assertThat(network.written()).isEqualTo("id: 1\nevent: meter\ndata: {}\n\n");
    }

    @Test
    void aReaderForWhomTooMuchWaitsIsCutOffHoweverFewEventsItIs() {
        var stream = stream(Optional.empty());
        stream.send(event(1, "x".repeat(1000)));
        assertThat(stream.isEnded()).isFalse();
        stream.send(event(2));
        assertThat(ends).containsExactly(LiveStream.End.CUT_OFF);
    }

    @Test
    void whatWaitsIsWrittenInOrderWhenTheNetworkGoesOn() {
        var stream = stream(Optional.of(new SessionId(7)));
        stream.connect(network);
        network.isBusy = true;
        stream.send(event(1));
        stream.send(event(2));
        assertThat(stream.isStalledSince(System.nanoTime())).isTrue();
        assertThat(network.written()).isEmpty();
        network.isBusy = false;
        stream.goOn();
        assertThat(network.written())
                .isEqualTo("id: 1\nevent: meter\ndata: {}\n\n" + "id: 2\nevent: meter\ndata: {}\n\n");
        assertThat(stream.isStalledSince(System.nanoTime())).isFalse();
    }

    @Test
    void aReaderWithEventsThatWaitGetsNoHeartbeats() {
        var stream = stream(Optional.of(new SessionId(7)));
        stream.connect(network);
        stream.heartbeat();
        assertThat(network.written()).isEqualTo(":\n\n");
        network.isBusy = true;
        for (int beat = 1; beat <= 100; beat++) {
            stream.heartbeat();
        }
        assertThat(stream.isEnded()).isFalse();
    }

    @Test
    void aStreamThatIsNeverConnectedIsStalledOnceItWasGreeted() {
        var stream = stream(Optional.empty());
        assertThat(stream.isStalledSince(System.nanoTime())).isFalse();
        stream.awaitConnection();
        assertThat(stream.isStalledSince(System.nanoTime())).isTrue();
    }

    @Test
    void queuedEventsAreWrittenBeforeTheStreamEnds() {
        var stream = stream(Optional.empty());
        stream.send(event(1));
        stream.endAfterwards();
        stream.send(event(2));
        assertThat(stream.isEnded()).isFalse();
        stream.connect(network);
        // 36 in base 36
        assertThat(network.written()).isEqualTo("id: 10\nevent: meter\ndata: {}\n\n");
        assertThat(ends).containsExactly(LiveStream.End.OVER);
        assertThat(LiveEvent.brokenOffAt("10")).contains(36L);
        assertThat(LiveEvent.brokenOffAt("!")).isEmpty();
    }

    @Test
    void thereIsRoomForStreamsByTheHeap() {
        assertThat(LiveLimits.streamsIn(1L << 30)).isEqualTo(14_316); // 2^30 / 3 / 25000
        assertThat(LiveLimits.streamsIn(128L << 20)).isEqualTo(1_789); // 2^27 / 3 / 25000
    }

    private static final class Network implements LiveStream.Outlet {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean isBusy;
        private boolean isClosed;

        String written() {
            return written.toString(StandardCharsets.UTF_8);
        }

        @Override
        public boolean take(ByteBuffer bytes) {
            if (!isBusy) {
                written.write(bytes.array(), bytes.position(), bytes.remaining());
            }
            return !isBusy;
        }

        @Override
        public boolean flush() {
            return !isBusy;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
