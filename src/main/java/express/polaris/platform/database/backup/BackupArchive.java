package express.polaris.platform.database.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** A compressed tar file of a cluster while it is written; and reading it back. */
final class BackupArchive implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    /** Fastest level: higher ones take several times as long for a tenth less. */
    private static final int LEVEL = 1;

    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private final BufferedOutputStream out;
    private final GzipCompressorOutputStream gzip;
    private final TarArchiveOutputStream tar;
    private final byte[] buffer = new byte[BUFFER];
    private long contentBytes;

    BackupArchive(Path file) throws IOException {
        channel = DurableFiles.create(file);
        var parameters = new GzipParameters();
        parameters.setCompressionLevel(LEVEL);
        out = new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER);
        gzip = new GzipCompressorOutputStream(out, parameters);
        tar = new TarArchiveOutputStream(gzip);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    void addDirectory(Path relative) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry(unixName(relative) + "/"));
        tar.closeArchiveEntry();
    }

    void add(Path relative, byte[] content) throws IOException {
        begin(relative, content.length);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /**
     * Adds a file that the server may change meanwhile: with the size that it has now. What is appended afterwards, cut
     * off or overwritten comes from the write-ahead log. A file that is gone is left out.
     */
    void add(Path cluster, Path relative) throws IOException {
        try (var file = FileChannel.open(cluster.resolve(relative));
                var in = Channels.newInputStream(file)) {
            long size = file.size();
            begin(relative, size);
            copy(in, size);
            tar.closeArchiveEntry();
        } catch (NoSuchFileException e) {
            // dropped since it was listed; recovery drops it as well
        }
    }

    private void begin(Path relative, long size) throws IOException {
        var entry = new TarArchiveEntry(unixName(relative));
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        contentBytes += size;
    }

    private void copy(InputStream in, long size) throws IOException {
        long left = size;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
            if (read < 0) {
                Arrays.fill(buffer, (byte) 0);
                read = (int) Math.min(left, BUFFER);
            }
            tar.write(buffer, 0, read);
            left -= read;
        }
    }

    /**
     * A file that is complete and on the disk.
     *
     * @param contentBytes before compression
     */
    record Written(long contentBytes, long bytes, String sha256) {}

    Written finish() throws IOException {
        tar.finish();
        gzip.finish();
        out.flush();
        channel.force(true);
        return new Written(contentBytes, channel.size(), HexFormat.of().formatHex(digest.digest()));
    }

    /** Closes the file, complete or not. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * Unpacks the file, whose directories precede their files. The server writes the content through to the disk before
     * it recovers from it.
     *
     * @return its SHA-256, which the caller compares before it uses the content
     */
    static String unpack(Path file, Path target) throws IOException {
        var digest = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            var tar = new TarArchiveInputStream(new GzipCompressorInputStream(in, true));
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The entry " + entry.getName() + " leads out of the backup");
                }
                unpack(tar, entry, path);
            }
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            DurableFiles.createDirectories(path);
            return;
        }
        try (var channel = DurableFiles.create(path);
                var out = Channels.newOutputStream(channel)) {
            tar.transferTo(out);
        }
    }

    private static String unixName(Path relative) {
        return relative.toString().replace('\\', '/');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
