package express.polaris.platform.database.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which files of a running cluster belong to a backup, as pg_basebackup chooses them (PostgreSQL documentation,
 * "Making a Base Backup Using the Low Level API" and "Base Backup Data That Can Be Left Out").
 *
 * @param directories relative, parents first
 * @param files relative, without pg_control
 */
record ClusterFiles(List<Path> directories, List<Path> files) {

    /** Copied last: it says where recovery begins. */
    static final Path CONTROL = Path.of("global", "pg_control");

    static final Path WAL = Path.of("pg_wal");

    private static final Path TABLESPACES = Path.of("pg_tblspc");

    /** Directories whose content the server makes again at its start. */
    private static final Set<String> EMPTY = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "backup_label",
            "backup_label.old",
            "tablespace_map",
            "backup_manifest",
            "recovery.signal",
            "standby.signal",
            "epg-lock");

    ClusterFiles {
        directories = List.copyOf(directories);
        files = List.copyOf(files);
    }

    /** Lists the files of a cluster; those that vanish meanwhile, such as the ones of a dropped table, are left out. */
    static ClusterFiles of(Path cluster) throws IOException {
        var directories = new ArrayList<Path>();
        var files = new ArrayList<Path>();
        Files.walkFileTree(cluster, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                var relative = cluster.relativize(directory);
                if (relative.toString().isEmpty()) {
                    return FileVisitResult.CONTINUE;
                }
                if (isTemporary(relative)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                directories.add(relative);
                return EMPTY.contains(relative.toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                var relative = cluster.relativize(file);
                if (relative.startsWith(TABLESPACES)) {
                    throw new BackupFailed("The embedded database has a tablespace, " + relative
                            + "; its files lie elsewhere, so they cannot be backed up. Move its tables to pg_default");
                }
                if (attributes.isRegularFile()
                        && !isTemporary(relative)
                        && !LEFT_OUT.contains(relative.toString())
                        && !relative.equals(CONTROL)) {
                    files.add(relative);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        directories.add(WAL.resolve("archive_status"));
        return new ClusterFiles(directories, files);
    }

    private static boolean isTemporary(Path relative) {
        var name = relative.getFileName().toString();
        return name.startsWith("pgsql_tmp") || name.startsWith("pg_internal.init") || name.endsWith(".tmp");
    }
}
