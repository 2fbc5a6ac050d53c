package express.polaris.platform.database.backup;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.StoredSessions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A backup while several writers fill the real tables, with their triggers. Each writer commits transactions 1, 2, 3 … of
 * a session, its event and a numbered row. What is restored must be a whole number of transactions of each, none
 * missing that was committed before the backup began.
 */
class BackupUnderLoadTest {

    private static final int WRITERS = 4;
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Path data;
    private final Path backups;
    private final Path other;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLongArray committed = new AtomicLongArray(WRITERS);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    BackupUnderLoadTest(@TempDir Path directory) {
        data = directory.resolve("data");
        backups = directory.resolve("backups");
        other = directory.resolve("other");
    }

    @AfterEach
    void close() {
        stopped.set(true);
        threads.close();
    }

    @Test
    void whatIsRestoredIsAWholeNumberOfTransactionsOfEachWriter() throws Exception {
        List<Long> before;
        List<Long> after;
        String name;
        try (var portal = Installation.start(data)) {
            portal.fill();
            portal.execute("create table load (writer int, n bigint, filler text, primary key (writer, n))");
            var load = begin(portal);
            awaitMore(20);
            before = committedNow();
            name = portal.backups(backups).make(false).name();
            after = committedNow();
            awaitMore(20);
            stopped.set(true);
            for (var one : load) {
                one.get();
            }
        }
        assertThat(sum(after)).as("written during the backup").isGreaterThan(sum(before));
        restore(name);
        try (var copy = Installation.start(other)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                var numbers = copy.column("select n from load where writer = " + writer + " order by n");
                // A commit is done a moment before its writer knows.
                assertThat((long) numbers.size()).isBetween(before.get(writer), after.get(writer) + 1);
                assertThat(numbers)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, numbers.size())
                                .mapToObj(String::valueOf)
                                .toList());
                assertThat(copy.column("""
                        select count(distinct s.steve_transaction_id) || ' sessions, ' || count(*) || ' events'
                          from transaction_sync_state s join synced_transaction_events e using (steve_transaction_id)
                         where s.ocpp_id_tag = 'LOAD-%d'
                        """.formatted(writer)))
                        .containsExactly(numbers.size() + " sessions, " + numbers.size() + " events");
            }
            assertThat(copy.column("select count(*) from load")).isNotEqualTo(List.of("0"));
            pagesAreWhole(copy);
        }
    }

    /** PostgreSQL's own checks of every table, and of every index with all rows of its table. */
    private static void pagesAreWhole(Installation copy) throws SQLException {
        copy.execute("create extension amcheck");
        var indexes = copy.column("""
            select count(*) from (
                select bt_index_parent_check(i.indexrelid, true)
                  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
                 where a.amname = 'btree' and c.relpersistence = 'p') checked
            """);
        assertThat(Integer.parseInt(indexes.getFirst())).isGreaterThan(100);
        assertThat(copy.column("""
            select c.relname || ': ' || v.msg
              from pg_class c, verify_heapam(c.oid) v where c.relkind in ('r', 'm', 't') and c.relpersistence = 'p'
            """)).isEmpty();
    }

    private List<Future<Void>> begin(Installation portal) {
        var load = new ArrayList<Future<Void>>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            load.add(threads.submit(() -> write(portal, writer)));
        }
        load.add(threads.submit(() -> rewriteFiles(portal)));
        return load;
    }

    private Void write(Installation portal, int writer) throws SQLException {
        try (var connection = portal.connect()) {
            connection.setAutoCommit(false);
            var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            var sessions = new StoredSessions(jdbc);
            for (long n = 1; !stopped.get(); n++) {
                sessions.completed("LOAD-" + writer, Optional.empty(), START.plusSeconds(n), "1.5");
                jdbc.sql("insert into load values (?, ?, repeat('x', 2000))")
                        .params(writer, n)
                        .update();
                connection.commit();
                committed.set(writer, n);
            }
        }
        return null;
    }

    /** Files appear, grow, shrink and vanish while they are copied. */
    private Void rewriteFiles(Installation portal) throws SQLException {
        while (!stopped.get()) {
            portal.execute(
                    "create table passing as select n, repeat('y', 500) as filler from generate_series(1, 2000) n");
            portal.execute("delete from passing where n > 100");
            portal.execute("vacuum passing");
            portal.execute("drop table passing");
            portal.execute("vacuum full known_browsers");
        }
        return null;
    }

    private void awaitMore(long transactions) {
        long now = sum(committedNow());
        Awaitility.await().until(() -> sum(committedNow()) >= now + transactions);
    }

    private List<Long> committedNow() {
        var numbers = new ArrayList<Long>();
        for (int writer = 0; writer < WRITERS; writer++) {
            numbers.add(committed.get(writer));
        }
        return numbers;
    }

    private static long sum(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }

    private void restore(String name) {
        var settings = Installation.settings(other, backups);
        new Restore(settings, new Backups(settings, Clock.systemUTC()))
                .restore(name, new Restore.Target.EndOfBackup(), connection -> true);
    }
}
