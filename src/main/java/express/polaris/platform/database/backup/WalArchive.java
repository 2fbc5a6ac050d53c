package express.polaris.platform.database.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Archive of the write-ahead log, for recovery to a point in time between backups. Each pass copies what the server has
 * written since the last one; the file that the server is writing to is copied up to where it is. A slot makes the
 * server keep what has not been copied, up to its {@code max_slot_wal_keep_size}.
 *
 * <p>A file of the log is one compressed file, to which each pass appends a gzip member (RFC 1952, section 2.2).
 */
final class WalArchive {

    static final String COMPRESSED = ".gz";

    private final Path wal;
    private final Path archive;
    private final int timeline;

    /** End of what is archived; empty before the first pass of this process. */
    private Optional<Long> archived = Optional.empty();

    /**
     * @param cluster whose log is archived
     * @param archive directory of this cluster's archived log
     */
    WalArchive(Path cluster, Path archive, int timeline) {
        this.wal = cluster.resolve(ClusterFiles.WAL);
        this.archive = archive;
        this.timeline = timeline;
    }

    /**
     * Archives what is new.
     *
     * @throws IOException if the archive cannot be written; the next pass goes on from where this one was
     */
    void archive(BackupServer server) throws IOException, SQLException {
        DurableFiles.createDirectories(archive);
        copyHistories(wal, archive);
        long end = server.flushed();
        long position = position(server);
        while (position < end) {
            long segment = WalPosition.segment(position);
            long segmentEnd = (segment + 1) * WalPosition.SEGMENT;
            long upTo = Math.min(end, segmentEnd);
            var name = WalPosition.name(timeline, segment);
            if (Files.notExists(wal.resolve(name))) {
                server.dropArchiveSlot();
                archived = Optional.empty();
                throw new IOException("The server no longer has " + name + " of its write-ahead log, so the archive has"
                        + " a gap before the next backup");
            }
            append(name, position % WalPosition.SEGMENT, upTo - position);
            position = upTo;
            archived = Optional.of(position);
        }
        long needed = WalPosition.segment(position) * WalPosition.SEGMENT;
        if (server.archiveSlot()
                .flatMap(BackupServer.Slot::position)
                .filter(kept -> kept < needed)
                .isPresent()) {
            server.advanceArchiveSlot(needed);
        }
    }

    /**
     * After a start the newest file is copied once more from its beginning: a server that crashed may continue before
     * the end of what it had written.
     */
    private long position(BackupServer server) throws SQLException {
        var slot = server.archiveSlot();
        if (slot.isPresent() && slot.get().position().isEmpty()) {
            server.dropArchiveSlot();
            archived = Optional.empty();
            slot = Optional.empty();
        }
        if (slot.isEmpty()) {
            server.createArchiveSlot();
            slot = server.archiveSlot();
        }
        long kept = slot.flatMap(BackupServer.Slot::position).orElseThrow();
        return archived.orElse(WalPosition.segment(kept) * WalPosition.SEGMENT);
    }

    private void append(String name, long offset, long length) throws IOException {
        var file = archive.resolve(name + COMPRESSED);
        if (offset > 0 && Files.notExists(file)) {
            // It was removed with the backups that needed it.
            append(name, 0, offset + length);
            return;
        }
        if (offset == 0) {
            DurableFiles.create(file).close();
        }
        try (var from = FileChannel.open(wal.resolve(name));
                var to = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long size = to.size();
            to.position(size);
            try {
                write(from, offset, length, to);
                to.force(true);
            } catch (IOException e) {
                to.truncate(size);
                throw e;
            }
        }
    }

    private static void write(FileChannel from, long offset, long length, FileChannel to) throws IOException {
        var bytes = ByteBuffer.allocate((int) length);
        while (bytes.hasRemaining()) {
            if (from.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("A file of the write-ahead log is shorter than its server says");
            }
        }
        var gzip = new GZIPOutputStream(Channels.newOutputStream(to));
        gzip.write(bytes.array());
        gzip.finish();
    }

    /** Copies the histories of timelines: by them each restore finds a number that no other has used. */
    static void copyHistories(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        DurableFiles.createDirectories(to);
        for (var file : matching(from, WalPosition.HISTORY_NAME.asMatchPredicate())) {
            var copy = to.resolve(file.getFileName());
            if (!Files.exists(copy)) {
                DurableFiles.write(copy, Files.readAllBytes(file));
            }
        }
    }

    /**
     * Puts the archived log from a position on, as far as it has no gap, where a recovering server finds it.
     *
     * @param archive directory of the cluster's archived log
     * @param from position where the backup begins
     * @param target directory {@code pg_wal} of the cluster; the files that it has from the backup stay
     */
    static void unpack(Path archive, int timeline, long from, Path target) throws IOException {
        for (long segment = WalPosition.segment(from); ; segment++) {
            var name = WalPosition.name(timeline, segment);
            var file = archive.resolve(name + COMPRESSED);
            if (!Files.exists(file) && !Files.exists(target.resolve(name))) {
                return;
            }
            if (!Files.exists(target.resolve(name))) {
                unpack(file, target.resolve(name));
            }
        }
    }

    /** A file ends with zeros where the log has not been written yet, or where copying it was interrupted. */
    private static void unpack(Path file, Path target) throws IOException {
        var bytes = new byte[(int) WalPosition.SEGMENT];
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            int length = 0;
            for (int read = in.read(bytes, 0, bytes.length);
                    read > 0;
                    read = in.read(bytes, length, bytes.length - length)) {
                length += read;
            }
        } catch (EOFException e) {
            // the rest is zeros
        }
        DurableFiles.write(target, bytes);
    }

    private static String walName(Path file) {
        var name = file.getFileName().toString();
        return name.substring(0, name.length() - COMPRESSED.length());
    }

    /** Removes the archived log that no backup needs. */
    static void removeUnneeded(Path root, List<Backup> backups) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        for (var archive : matching(root, name -> true)) {
            var system = archive.getFileName().toString();
            var oldest = backups.stream()
                    .filter(backup -> backup.system().equals(system))
                    .mapToLong(backup -> WalPosition.segment(backup.startWal()))
                    .min();
            if (oldest.isEmpty()) {
                DurableFiles.deleteRecursively(archive);
                continue;
            }
            for (var file : matching(archive, name -> name.endsWith(COMPRESSED))) {
                if (WalPosition.segmentOf(walName(file)) < oldest.getAsLong()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<Path> matching(Path directory, Predicate<String> names) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> names.test(file.getFileName().toString()))
                    .toList();
        }
    }
}
