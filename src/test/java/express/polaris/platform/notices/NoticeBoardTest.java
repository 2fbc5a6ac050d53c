package express.polaris.platform.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.testing.TestDatabase;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class NoticeBoardTest {

    private static final String LISTENING = """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen %'
            """;

    private final DataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final NoticeBoard board = new NoticeBoard(database::getConnection);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger missed = new AtomicInteger();

    @AfterEach
    void stop() {
        board.stop();
    }

    private void start() {
        board.listen("something", heard::add, missed::incrementAndGet);
        board.start();
        await().until(() -> missed.get() == 1);
    }

    private void send(String notice) {
        jdbc.sql("select pg_notify('something', ?)").param(notice).query(rows -> {});
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void aNoticeIsHeardWhenItsTransactionIsCommittedAndOnlyThen() throws Exception {
        start();
        var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        transaction.executeWithoutResult(status -> {
            send("rolled back");
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> {
            send("17");
            send("17");
        });
        send("18");
        assertThat(next()).isEqualTo("17");
        assertThat(next()).isEqualTo("18");
    }

    @Test
    void aListenerThatFailsIsToldTheNextNotice() throws Exception {
        board.listen(
                "something",
                notice -> {
                    heard.add(notice);
                    throw new IllegalStateException("a fault");
                },
                missed::incrementAndGet);
        board.start();
        await().until(() -> missed.get() == 1);
        send("17");
        send("18");
        assertThat(next()).isEqualTo("17");
        assertThat(next()).isEqualTo("18");
    }

    @Test
    void afterALostConnectionListenersLookForWhatTheyMissedAndHearAgain() throws Exception {
        start();
        assertThat(jdbc.sql(LISTENING).query(Long.class).single()).isEqualTo(1);
        await().until(() -> missed.get() == 2);
        send("17");
        assertThat(next()).isEqualTo("17");
    }

    @Test
    void itsConnectionIsClosedWhenItStops() {
        start();
        board.stop();
        await().until(() -> jdbc.sql("""
                    select count(*) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen %'
                    """).query(Long.class).single() == 0);
    }
}
