package express.polaris.platform.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lock of a directory against other processes; the operating system releases it when this process ends. */
public final class DirectoryLock implements AutoCloseable {

    /**
     * Locks of this process. It must not open a locked file once more: when it closes any channel of a file, POSIX
     * releases all its locks on that file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks the directory, which is created if it is missing.
     *
     * @return empty if a process, this one included, holds the lock
     */
    public static Optional<DirectoryLock> tryLock(Path directory) throws IOException {
        Files.createDirectories(directory);
        var file = directory.toRealPath().resolve("lock");
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        boolean locked = false;
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            if (locked) {
                return Optional.of(new DirectoryLock(file, channel));
            }
            channel.close();
            return Optional.empty();
        } finally {
            if (!locked) {
                HELD.remove(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
