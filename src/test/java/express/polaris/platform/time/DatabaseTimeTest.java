package express.polaris.platform.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import express.polaris.testing.MovableDatabaseClock;
import express.polaris.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseTimeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final DataSource database = TestDatabase.fresh();
    private final MovableDatabaseClock databaseClock = new MovableDatabaseClock(database);

    private Instant databaseTime() {
        return JdbcClient.create(database)
                .sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "P400D", "PT0S"})
    void theDatabasesTimeCountsHoweverWrongTheMachinesClockIs(Duration ahead) {
        var node = new NodeTime(database, ahead);
        assertThat(node.now()).isCloseTo(databaseTime(), within(2, ChronoUnit.SECONDS));
        assertThat(node.machineAhead()).isCloseTo(ahead, Duration.ofSeconds(2));
        assertThat(node.moves()).as("found so, not set").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void aSetDatabaseClockIsFollowedAndTold(Duration by) {
        var node = new NodeTime(database, Duration.ZERO);
        databaseClock.move(by);
        node.read();
        assertThat(node.now()).isCloseTo(databaseTime(), within(2, ChronoUnit.SECONDS));
        assertThat(node.moves()).singleElement().satisfies(move -> {
            assertThat(move.by()).isCloseTo(by, Duration.ofSeconds(2));
            assertThat(move.isBack()).isEqualTo(by.isNegative());
        });
        node.read();
        assertThat(node.moves()).as("told once").hasSize(1);
    }

    @Test
    void aSmallCorrectionIsFollowedAndNotTold() {
        var node = new NodeTime(database, Duration.ZERO);
        databaseClock.move(Duration.ofMillis(1900));
        node.read();
        assertThat(Duration.between(node.now(), databaseTime())).isLessThan(Duration.ofMillis(1900));
        assertThat(node.moves()).isEmpty();
    }

    @Test
    void withoutTheDatabaseTimeGoesOnFromTheMachinesClock() {
        var nowhere = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:9/none?connectTimeout=1");
        var node = new NodeTime(nowhere, HOUR);
        var before = node.now();
        assertThat(before).isCloseTo(Instant.now().plus(HOUR), within(30, ChronoUnit.SECONDS));
        node.read();
        assertThat(node.now()).isAfterOrEqualTo(before);
        assertThat(node.moves()).isEmpty();
    }
}
