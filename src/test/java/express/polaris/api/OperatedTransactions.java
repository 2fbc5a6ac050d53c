package express.polaris.api;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Transactions of one idTag at their own charge box, called by an operator with an API token. */
abstract class OperatedTransactions {

    static final Duration HOUR = Duration.ofHours(1);

    final Portal portal;
    final SimulatedSteve steve;
    final SessionService sessions;
    final MutableClock clock;
    final JdbcClient jdbc;
    final Script script;
    final String tag = UUID.randomUUID().toString();
    final String box = "CB-" + tag;

    OperatedTransactions(
            Portal portal, SimulatedSteve steve, SessionService sessions, MutableClock clock, JdbcClient jdbc) {
        this.portal = portal;
        this.steve = steve;
        this.sessions = sessions;
        this.clock = clock;
        this.jdbc = jdbc;
        this.script = new Script(portal.withToken(portal.operator()));
    }

    Instant ago(Duration time) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(time);
    }

    /** An active transaction; its registers are in Wh, 15 minutes apart. */
    long charging(Instant startedAt, long... registers) {
        long id = steve.world().startTransaction(box, 1, tag, startedAt, 1000);
        for (int i = 0; i < registers.length; i++) {
            steve.world().addMeterValue(id, energy(startedAt.plusSeconds(900L * (i + 1)), registers[i]));
        }
        return id;
    }

    long ended(Instant startedAt, Instant stoppedAt, long stopValue) {
        long id = charging(startedAt);
        steve.world().stopTransaction(id, stoppedAt, stopValue, Optional.of("EVDisconnected"), StopActor.STATION);
        return id;
    }

    /** Syncs until all are known and read. */
    void sync(long... ids) {
        script.call(202, "POST", "/operator/sync-runs", "");
        for (long id : ids) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> sessions.find(new SessionId(id))
                            .flatMap(ChargingSession::lastReadAt)
                            .isPresent());
        }
    }

    JsonNode items(String query) {
        return script.get("/operator/transactions?" + query).path("items");
    }

    List<Long> ids(String query) {
        var ids = new ArrayList<Long>();
        items(query).forEach(item -> ids.add(item.path("id").asLong()));
        return ids;
    }

    long linkTo(Account driver, Instant from) {
        return script.call(
                        201,
                        "POST",
                        "/operator/cards",
                        "{\"idTag\":\"%s\",\"driverId\":%s,\"label\":\"Fob\",\"from\":\"%s\"}"
                                .formatted(tag, driver.id(), from))
                .path("id")
                .asLong();
    }
}
