package express.polaris.journeys;

import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.events.SessionImport;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.RunningPortal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * Creates sessions in the simulated SteVe of a portal. Triggers sync as an operator would, because sync polls rarely
 * while nothing changes.
 */
record SessionSteps(RunningPortal portal) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_READINGS = Duration.ofMinutes(10);

    /** Starts an active transaction with readings ten minutes apart, the first ten minutes after the start. */
    long start(String chargeBox, String tag, Instant start, long startWattHours, long... readings) {
        var world = portal.steve.world();
        long id = world.startTransaction(chargeBox, 1, tag, start, startWattHours);
        var at = start;
        for (long reading : readings) {
            at = at.plus(BETWEEN_READINGS);
            world.addMeterValue(id, SimulatedMeterValue.energy(at, reading));
        }
        return id;
    }

    void stop(long id, Instant at, long wattHours) {
        portal.steve.world().stopTransaction(id, at, wattHours, Optional.of("EVDisconnected"), StopActor.STATION);
    }

    /** A session of 6 kWh in 25 minutes, completed and known to the portal. */
    long completed(String chargeBox, String tag, Instant start) {
        long id = start(chargeBox, tag, start, 1000, 4000);
        stop(id, start.plus(Duration.ofMinutes(25)), 7000);
        return completed(id);
    }

    /** Waits until the session is completed. */
    long completed(long id) {
        until(id, session -> !session.isLive() && session.isFinal());
        return id;
    }

    /** Waits until the readings of the session are known. */
    long read(long id) {
        until(id, session -> session.lastReadAt().isPresent());
        return id;
    }

    ChargingSession until(long id, Predicate<ChargingSession> wanted) {
        var sessions = portal.bean(SessionService.class);
        portal.bean(SyncEngine.class).runNow();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            // A read may have come too early, and nobody watches the session yet.
            lookAgain(id);
            return sessions.find(new SessionId(id)).filter(wanted).isPresent();
        });
        return sessions.find(new SessionId(id)).orElseThrow();
    }

    /** Makes sync read the session now instead of in a few minutes, as when its page is opened. */
    void lookAgain(long id) {
        portal.bean(SessionImport.class).readSoon(new SessionId(id));
    }

    static Instant minutesAgo(int minutes) {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(minutes));
    }

    static Instant hoursAgo(int hours) {
        return minutesAgo(60 * hours);
    }
}
