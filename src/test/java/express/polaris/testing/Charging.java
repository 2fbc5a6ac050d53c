package express.polaris.testing;

import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionWatchers;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.IdTag;
import express.polaris.sync.SyncEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Simulates sessions with the application's simulated SteVe and sync. */
public final class Charging {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimulatedSteve steve;
    private final SyncEngine engine;
    private final SessionService sessions;
    private final SessionWatchers watchers;
    private final CardLinkService links;
    private final MutableClock clock;

    Charging(
            SimulatedSteve steve,
            SyncEngine engine,
            SessionService sessions,
            SessionWatchers watchers,
            CardLinkService links,
            MutableClock clock) {
        this.steve = steve;
        this.engine = engine;
        this.sessions = sessions;
        this.watchers = watchers;
        this.links = links;
        this.clock = clock;
    }

    /** A tag known to SteVe, linked to the driver from ten days ago. */
    public EvCard card(Account driver, String label) {
        var tag = "TAG-" + COUNT.incrementAndGet();
        steve.world().addTag(tag);
        var from = now().minus(Duration.ofDays(10));
        var outcome = links.link(new IdTag(tag), driver.id(), Optional.of(label), Optional.of(from));
        return outcome.card();
    }

    /** A charge box used by no other test. */
    public String chargeBox() {
        return "BOX-" + COUNT.incrementAndGet();
    }

    /** Starts a transaction at 1000 Wh, with readings that add 2 kWh each after ten and twenty minutes. */
    public long begin(String chargeBox, EvCard card, Instant start) {
        long id = steve.world().startTransaction(chargeBox, 1, card.idTag().value(), start, 1000);
        reading(id, start.plus(Duration.ofMinutes(10)), 3000);
        reading(id, start.plus(Duration.ofMinutes(20)), 5000);
        return id;
    }

    public void reading(long id, Instant at, long wattHours) {
        steve.world().addMeterValue(id, SimulatedMeterValue.power(at, 12_000));
        steve.world().addMeterValue(id, SimulatedMeterValue.energy(at, wattHours));
    }

    public void end(long id, Instant at, long wattHours) {
        steve.world().stopTransaction(id, at, wattHours, Optional.of("EVDisconnected"), StopActor.STATION);
    }

    /** Runs sync until the session matches. What the test does next happens a millisecond later at the earliest. */
    public ChargingSession until(long id, Predicate<ChargingSession> wanted) {
        engine.runNow();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            var found = sessions.find(new SessionId(id));
            if (found.filter(wanted).isPresent()) {
                return true;
            }
            clock.advance(Duration.ofSeconds(1));
            watchers.watch(new SessionId(id)).close();
            return false;
        });
        clock.advance(Duration.ofMillis(1));
        return sessions.find(new SessionId(id)).orElseThrow();
    }

    /** A live session with two readings, 4 kWh so far, that began half an hour ago. */
    public long live(Account driver) {
        return live(chargeBox(), card(driver, "Blue fob"));
    }

    public long live(String chargeBox, EvCard card) {
        long id = begin(chargeBox, card, now().minus(Duration.ofMinutes(30)));
        until(id, session -> session.energy().wattHours().longValueExact() == 4000);
        return id;
    }

    /** A session of 6 kWh in 25 minutes. */
    public long completed(Account driver, Instant start) {
        return completed(chargeBox(), card(driver, "Blue fob"), start);
    }

    public long completed(String chargeBox, EvCard card, Instant start) {
        long id = begin(chargeBox, card, start);
        end(id, start.plus(Duration.ofMinutes(25)), 7000);
        until(id, session -> !session.isLive() && session.isFinal());
        return id;
    }

    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
