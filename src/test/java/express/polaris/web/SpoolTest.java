package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A spool sends what was written, whether it fits into memory or not, and nothing twice. */
class SpoolTest {

    private final Random random = new Random(17);
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void smallAndLargePartsAreSentInTheirOrderAndOnce() throws IOException {
        try (var spool = new Spool()) {
            for (int size : new int[] {0, 100, 300_000, 1, 262_144, 262_145, 5}) {
                write(spool, size);
                spool.sendTo(sent);
                assertThat(sent.toByteArray()).isEqualTo(written.toByteArray());
            }
            spool.sendTo(sent);
        }
        assertThat(sent.toByteArray()).isEqualTo(written.toByteArray());
    }

    @Test
    void aPartThatGrowsBeyondTheMemoryIsSentWhole() throws IOException {
        try (var spool = new Spool()) {
            for (int i = 0; i < 1_000; i++) {
                write(spool, 1_000);
                spool.write(i);
                written.write(i);
            }
            spool.sendTo(sent);
        }
        assertThat(sent.toByteArray()).isEqualTo(written.toByteArray());
    }

    private void write(Spool spool, int size) throws IOException {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        spool.write(bytes);
        written.write(bytes);
    }
}
