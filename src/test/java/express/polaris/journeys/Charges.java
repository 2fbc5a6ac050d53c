package express.polaris.journeys;

import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionImport;
import express.polaris.sessions.Sessions;
import express.polaris.simulator.SimulatedMeterValue;
import express.polaris.simulator.StopActor;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.RunningPortal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Charges at the simulated SteVe of a portal. Sync is asked for as an operator would: it looks rarely while all is quiet. */
record Charges(RunningPortal portal) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_READINGS = Duration.ofMinutes(10);

    /** SteVe has it active; its readings are ten minutes apart, the first ten minutes after the start. */
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

    /** 6 kWh in 25 minutes, over and known to the portal. */
    long completed(String chargeBox, String tag, Instant start) {
        long id = start(chargeBox, tag, start, 1000, 4000);
        stop(id, start.plus(Duration.ofMinutes(25)), 7000);
        return completed(id);
    }

    /** Waits until it is. */
    long completed(long id) {
        until(id, session -> !session.isLive() && session.isFinal());
        return id;
    }

    /** Waits until its readings are known. */
    long read(long id) {
        until(id, session -> session.lastReadAt().isPresent());
        return id;
    }

    ChargingSession until(long id, Predicate<ChargingSession> wanted) {
        var sessions = portal.bean(Sessions.class);
        portal.bean(SyncEngine.class).runNow();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> sessions.find(new SessionId(id)).filter(wanted).isPresent());
        return sessions.find(new SessionId(id)).orElseThrow();
    }

    /** As when somebody opens its page: SteVe is asked now, and not within the next minutes. */
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
