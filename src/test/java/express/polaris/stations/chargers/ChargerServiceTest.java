package express.polaris.stations.chargers;

import static express.polaris.stations.cards.CardsFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.stations.chargers.ChargerEdit.ConnectorEdit;
import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ChargerServiceTest {

    private static final ChargeBoxId CP5 = new ChargeBoxId("CP5");

    private final DataSource database = TestDatabase.freshPool();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final PlatformTransactionManager transactions = new JdbcTransactionManager(database);
    private final ChargerService chargers = node();

    @Test
    void aSeenChargeBoxIsNamedByItsId() {
        chargers.seen(CP5, 1, NOON);
        chargers.seen(new ChargeBoxId("cp5"), 2, NOON);
        chargers.seen(CP5, 1, NOON);

        assertThat(chargers.list())
                .containsExactly(new Charger(
                        CP5,
                        "CP5",
                        Optional.empty(),
                        "",
                        List.of(
                                new Connector(1, Optional.empty(), Optional.empty()),
                                new Connector(2, Optional.empty(), Optional.empty()))));
    }

    @Test
    void aChargeBoxSeenAgainCostsNoQueryForTenMinutes() {
        chargers.seen(CP5, 1, NOON);
        jdbc.sql("delete from chargers").update();

        chargers.seen(CP5, 1, NOON.plus(Duration.ofMinutes(10)).minusNanos(1));
        assertThat(chargers.list()).isEmpty();
        chargers.seen(CP5, 1, NOON.plus(Duration.ofMinutes(10)));
        assertThat(chargers.list()).hasSize(1);
    }

    @Test
    void aChargeBoxSeenInARolledBackTransactionIsStoredTheNextTime() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            chargers.seen(CP5, 1, NOON);
            status.setRollbackOnly();
        });
        assertThat(chargers.find(CP5)).isEmpty();

        chargers.seen(CP5, 1, NOON);
        assertThat(chargers.find(CP5)).isPresent();
    }

    @Test
    void connectorZeroIsNotStored() {
        chargers.seen(CP5, 0, NOON);

        assertThat(chargers.find(CP5).orElseThrow().connectors()).isEmpty();
    }

    @Test
    void severalNodesCanSeeTheSameChargeBoxAtOnce() throws Exception {
        var barrier = new CyclicBarrier(4);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tasks = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        var node = node();
                        barrier.await();
                        node.seen(CP5, 1, NOON);
                        return true;
                    })
                    .toList();
            for (var task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isTrue();
            }
        }
        assertThat(chargers.list()).hasSize(1);
    }

    @Test
    void anOperatorsEditsAreKeptWhenTheChargeBoxIsSeenAgain() {
        chargers.seen(CP5, 1, NOON);
        var stored = chargers.put(CP5, garage("K7QX", new ConnectorEdit(1, Optional.of("type2"), kw("22"))));
        chargers.seen(CP5, 1, NOON);
        chargers.seen(CP5, 2, NOON);

        assertThat(stored).satisfies(it -> assertThat(it.created()).isFalse());
        var charger = chargers.find(new ChargeBoxId("cp5")).orElseThrow();
        assertThat(charger.name()).isEqualTo("Garage left");
        assertThat(charger.publicId()).contains("K7QX");
        assertThat(charger.location()).isEqualTo("Level -1");
        assertThat(charger.connector(1))
                .contains(new Connector(1, Optional.of("type2"), Optional.of(Power.ofWatts(22_000))));
        assertThat(charger.connector(2)).contains(new Connector(2, Optional.empty(), Optional.empty()));
    }

    @Test
    void aPutAddsAChargeBoxAndAnotherReplacesItsConnectors() {
        var first = chargers.put(CP5, garage("K7QX", new ConnectorEdit(1, Optional.of("type2"), kw("22"))));
        chargers.seen(CP5, 1, NOON);
        chargers.put(CP5, garage("K7QX", new ConnectorEdit(2, Optional.of(" "), Optional.empty())));

        assertThat(first).satisfies(it -> assertThat(it.created()).isTrue());
        assertThat(chargers.find(CP5).orElseThrow().connectors())
                .containsExactly(new Connector(2, Optional.empty(), Optional.empty()));
        chargers.seen(CP5, 1, NOON); // a session on the omitted connector
        assertThat(chargers.find(CP5).orElseThrow().connectors()).hasSize(2);
    }

    @Test
    void thePowerLimitIsThatOfTheConnector() {
        chargers.put(CP5, garage("K7QX", new ConnectorEdit(1, Optional.empty(), kw("7.36"))));

        assertThat(chargers.limitOf(new ChargeBoxId("cp5"), 1)).contains(Power.ofWatts(7_360));
        assertThat(chargers.limitOf(CP5, 2)).isEmpty();
        chargers.seen(CP5, 2, NOON);
        assertThat(chargers.limitOf(CP5, 2)).isEmpty();
    }

    @Test
    void aPublicIdBelongsToOneChargeBox() {
        chargers.put(CP5, garage("K7QX"));
        var other = new ChargeBoxId("CP6");

        assertThatThrownBy(() -> chargers.put(other, garage("k7qx")))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        refused -> assertThat(refused.wording().english())
                                .isEqualTo("Public id K7QX already belongs to charge box CP5; give CP6 another one."));
        assertThat(chargers.find(other)).isEmpty();
        chargers.put(CP5, garage("k7qx"));
    }

    @Test
    void allErrorsInAPutAreReportedAtOnce() {

        assertThatThrownBy(() -> chargers.put(
                        CP5,
                        new ChargerEdit(
                                " ",
                                Optional.of("x".repeat(51)),
                                "\u0007",
                                List.of(
                                        new ConnectorEdit(1, Optional.empty(), kw("0")),
                                        new ConnectorEdit(1, Optional.empty(), kw("1E9999999")),
                                        new ConnectorEdit(0, Optional.of("x".repeat(51)), kw("1.0001"))))))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .extracting(Fault::field)
                                .containsExactly(
                                        "name",
                                        "publicId",
                                        "location",
                                        "connectors[0].maxKw",
                                        "connectors[1].id",
                                        "connectors[1].maxKw",
                                        "connectors[2].id",
                                        "connectors[2].type",
                                        "connectors[2].maxKw"));
        assertThat(chargers.find(CP5)).isEmpty();
    }

    @Test
    void pagesContinueAfterTheLastChargerWhileChargersAreAdded() {
        for (var id : List.of("CP3", "cp1", "CP2")) {
            chargers.seen(new ChargeBoxId(id), 1, NOON);
        }
        var first = chargers.page(2, Optional.empty());
        chargers.seen(new ChargeBoxId("CP0"), 1, NOON);
        var second = chargers.page(2, first.next());

        var seen = new ArrayList<Charger>(first.items());
        seen.addAll(second.items());
        assertThat(seen).extracting(charger -> charger.id().value()).containsExactly("cp1", "CP2", "CP3");
        assertThat(second.next()).isEmpty();
    }

    private ChargerService node() {
        return new ChargerService(new ChargerRepository(jdbc), transactions, new MutableClock(NOON));
    }

    private static ChargerEdit garage(String publicId, ConnectorEdit... connectors) {
        return new ChargerEdit("Garage left", Optional.of(publicId), "Level -1", List.of(connectors));
    }

    private static Optional<BigDecimal> kw(String text) {
        return Optional.of(new BigDecimal(text));
    }
}
