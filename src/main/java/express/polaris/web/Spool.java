package express.polaris.web;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps a part of an answer that is written while a connection to the database is held, until it can be sent without
 * one: a client may take its time. A part of more than 256 kB is kept in a temporary file.
 */
public final class Spool extends OutputStream {

    private static final int MOST_IN_MEMORY = 256 * 1024;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Optional<Overflow> overflow = Optional.empty();

    /** What did not fit into memory. */
    private record Overflow(Path file, OutputStream out) {

        static Overflow begin() throws IOException {
            var file = Files.createTempFile("polaris-express-", ".part");
            return new Overflow(file, new BufferedOutputStream(Files.newOutputStream(file)));
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (overflow.isEmpty() && memory.size() + count > MOST_IN_MEMORY) {
            overflow = Optional.of(Overflow.begin());
        }
        if (overflow.isPresent()) {
            overflow.get().out().write(bytes, from, count);
        } else {
            memory.write(bytes, from, count);
        }
    }

    /** Sends what was written since the last call, and forgets it. */
    public void sendTo(OutputStream out) throws IOException {
        memory.writeTo(out);
        memory.reset();
        if (overflow.isPresent()) {
            overflow.get().out().close();
            Files.copy(overflow.get().file(), out);
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (overflow.isPresent()) {
            overflow.get().out().close();
            Files.delete(overflow.get().file());
            overflow = Optional.empty();
        }
    }
}
