package express.polaris.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

class RetriedTransactionTest {

    private final DataSource database = TestDatabase.freshPool();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final AtomicInteger runs = new AtomicInteger();

    @BeforeEach
    void twoRows() {
        jdbc.sql("""
            create table counted (id integer primary key, times integer not null);
            insert into counted values (1, 0), (2, 0);
            """).update();
        context.registerBean("dataSource", DataSource.class, () -> database);
        context.registerBean("jdbc", JdbcClient.class, () -> jdbc);
        context.register(Wiring.class);
        context.refresh();
    }

    @AfterEach
    void close() {
        context.close();
    }

    private interface Locker {
        void inOrder(int first, int second, Runnable between);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothSidesOfADeadlockAreDone(boolean annotated) throws Exception {
        Locker locker = annotated ? context.getBean(Annotated.class)::inOrder : this::byTemplate;
        var holding = new CountDownLatch(2);
        Runnable meet = () -> {
            runs.incrementAndGet();
            holding.countDown();
            await(holding);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var both = threads.invokeAll(List.<Callable<Boolean>>of(
                    () -> {
                        locker.inOrder(1, 2, meet);
                        return true;
                    },
                    () -> {
                        locker.inOrder(2, 1, meet);
                        return true;
                    }));
            for (var one : both) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(runs).as("two, and the one that the database ended").hasValue(3);
        assertThat(jdbc.sql("select sum(times) from counted")
                        .query(Integer.class)
                        .single())
                .as("2 transactions with 2 rows each")
                .isEqualTo(4);
    }

    @Test
    void aTransactionRunsOnceMoreAndNotForEver() {
        assertThatThrownBy(() -> context.getBean(TransactionTemplate.class).executeWithoutResult(status -> fail()))
                .isInstanceOf(CannotAcquireLockException.class);
        assertThat(runs).hasValue(2);
    }

    @Test
    void withinAnotherTransactionOnlyTheOuterOneRunsAgain() {
        var template = context.getBean(TransactionTemplate.class);
        assertThatThrownBy(() -> template.executeWithoutResult(outer -> template.executeWithoutResult(inner -> fail())))
                .isInstanceOf(CannotAcquireLockException.class);
        assertThat(runs).as("not 2 × 2").hasValue(2);
    }

    private void fail() {
        runs.incrementAndGet();
        throw new CannotAcquireLockException("As if the database had ended it");
    }

    private void byTemplate(int first, int second, Runnable between) {
        context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
            count(jdbc, first);
            between.run();
            count(jdbc, second);
        });
    }

    private static void count(JdbcClient jdbc, int id) {
        jdbc.sql("update counted set times = times + 1 where id = ?").param(id).update();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static class Annotated {

        private final JdbcClient jdbc;

        Annotated(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        void inOrder(int first, int second, Runnable between) {
            count(jdbc, first);
            between.run();
            count(jdbc, second);
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import(TransactionConfiguration.class)
    static class Wiring {

        @Bean
        PlatformTransactionManager transactionManager(DataSource database) {
            return new JdbcTransactionManager(database);
        }

        @Bean
        Annotated annotated(JdbcClient jdbc) {
            return new Annotated(jdbc);
        }
    }
}
