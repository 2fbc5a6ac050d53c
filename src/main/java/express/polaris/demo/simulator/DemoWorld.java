package express.polaris.demo.simulator;

import express.polaris.demo.simulator.DemoJournal.EndedEarly;
import express.polaris.demo.simulator.DemoJournal.RanFrom;
import express.polaris.demo.simulator.DemoJournal.RanUntil;
import express.polaris.demo.simulator.DemoJournal.RemoteStarted;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Demo world: 100 days of history and a live car park, behind a {@link SimulatedSteve}.
 *
 * <p>The world is a function of its epoch, the time and its journal: with the same epoch and journal, a transaction id
 * means the same transaction after a restart. With a journal file, the timetable holds only while the demo runs
 * (nothing charges while it is off), and sessions started from the portal survive a restart. Without one, the timetable
 * holds without a break from the epoch + 100 days on, and a restart loses sessions started from the portal: their ids
 * come from a separate range, so no other session ever reuses one.
 *
 * <p>A connector's register follows its timetable only: sessions started or stopped from the portal do not change the
 * start values of later planned sessions. Changes to tags last until the process ends.
 */
public final class DemoWorld implements AutoCloseable {

    /** Time from the epoch until the demo goes live; the epoch is the first start minus this. */
    public static final Duration HISTORY = DemoHistory.LENGTH;

    private static final Logger LOG = LoggerFactory.getLogger(DemoWorld.class);
    private static final Duration WRITE_AHEAD = Duration.ofSeconds(90);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration REMOTE_START_DELAY = Duration.ofSeconds(3);
    private static final Duration REMOTE_STOP_DELAY = Duration.ofSeconds(2);
    private static final Duration PLUG_CHANGE = Duration.ofSeconds(5);
    private static final Duration LONGEST_REMOTE_SESSION = Duration.ofMinutes(25);
    private static final Duration STUCK_FROM = Duration.ofDays(30);
    private static final long REMOTE_IDS_FROM = 1_000_000_000L;
    private static final String REMOTE = "Remote";
    private static final int GAP_EVERY = 29;
    private static final int GAP = 2;

    private record Running(SimulatedChargePoint point, SimulatedSession session) {}

    private final Instant liveFrom;
    private final Clock clock;
    private final DemoJournal journal;
    private final SteveWorld world;
    private final SimulatedSteve steve;
    private final PriorityQueue<DemoEvent> future =
            new PriorityQueue<>(Comparator.comparing(DemoEvent::at).thenComparing(DemoEvent::tieBreak));
    private final Map<Long, Running> running = new HashMap<>();
    private final Map<SimulatedChargePoint, Long> registers = new HashMap<>();
    private final Map<SimulatedChargePoint, Long> remoteRegisters = new HashMap<>();
    private final Map<Long, EndedEarly> endedEarly = new HashMap<>();
    private Instant plannedUntil;
    private long begun;
    private @Nullable Thread ticker;

    private DemoWorld(Instant epoch, Clock clock, DemoJournal journal) {
        this.liveFrom = epoch.plus(HISTORY);
        this.plannedUntil = Instant.MIN;
        this.clock = clock;
        this.journal = journal;
        this.world = new SteveWorld(clock);
        this.steve = new SimulatedSteve(world);
    }

    /** Creates a demo whose journal is lost when the process ends. */
    public static DemoWorld create(Instant epoch, Clock clock) {
        return create(epoch, clock, DemoJournal.inMemory());
    }

    /**
     * Creates a demo that continues after a restart.
     *
     * @param journal a file in the demo's data directory; it need not exist
     */
    public static DemoWorld create(Instant epoch, Clock clock, Path journal) {
        return create(epoch, clock, DemoJournal.at(journal));
    }

    private static DemoWorld create(Instant epoch, Clock clock, DemoJournal journal) {
        var demo = new DemoWorld(epoch, clock, journal);
        demo.furnish();
        DemoHistory.sessions(epoch).forEach(plan -> demo.future.add(new DemoEvent.Begin(plan)));
        demo.recall();
        demo.tick(clock.instant());
        return demo;
    }

    /** The SteVe that the portal uses; answers once {@link #start()} was called. */
    public SimulatedSteve steve() {
        return steve;
    }

    /** Opens SteVe's port and advances the world every second until it is closed. */
    public synchronized DemoWorld start() {
        steve.start();
        if (ticker == null) {
            ticker = Thread.ofVirtual().name("demo-world").start(this::keepTicking);
        }
        return this;
    }

    @Override
    public synchronized void close() {
        if (ticker != null) {
            ticker.interrupt();
            ticker = null;
        }
        steve.close();
    }

    /** Executes the events that are due by that instant, in order. Idempotent for the same instant. */
    public synchronized void tick(Instant now) {
        planAhead(now);
        for (var next = future.peek(); next != null && !next.at().isAfter(now); next = future.peek()) {
            future.remove();
            happen(next);
        }
    }

    private void keepTicking() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                tickOrComplain();
                Thread.sleep(TICK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Logs a failure, e.g. a full disk under the journal, so that the next tick tries again. */
    private synchronized void tickOrComplain() {
        if (ticker != Thread.currentThread()) {
            return;
        }
        try {
            tick(clock.instant());
        } catch (RuntimeException e) {
            LOG.error("The demo's world missed a tick", e);
        }
    }

    private void furnish() {
        for (var charger : DemoSite.chargers()) {
            var station = new DemoStation(charger);
            world.chargeBox(charger.chargeBoxId()).commands(station);
        }
        DemoSite.cards().forEach(card -> world.addTag(card.idTag()));
        world.addTag(DemoSite.UNLINKED_TAG);
        for (var point : DemoSite.CHARGE_POINTS) {
            registers.put(point, 100_000 + Chance.of(0, point.chargeBoxId() + point.connectorId()) % 4_000_000);
        }
    }

    /** Restores the world from the journal, and records the start of this run. */
    private void recall() {
        if (!journal.isDurable()) {
            plan(liveFrom, liveFrom);
            return;
        }
        for (var entry : journal.entries()) {
            switch (entry) {
                case RanFrom from -> plan(from.at(), from.at());
                case RanUntil until -> plan(plannedUntil, until.at());
                case RemoteStarted start -> future.add(new DemoEvent.RemoteBegin(start));
                case EndedEarly end -> endedEarly.put(end.id(), end);
            }
        }
        var now = clock.instant();
        journal.append(new RanFrom(now));
        plan(now, now);
    }

    private void planAhead(Instant now) {
        var until = now.plus(WRITE_AHEAD);
        if (plannedUntil.isBefore(now.plus(WRITE_AHEAD.dividedBy(2)))) {
            if (journal.isDurable()) {
                journal.append(new RanUntil(until));
            }
            plan(plannedUntil, until);
        }
    }

    /** Adds the sessions that overlap the interval and are not planned yet. */
    private void plan(Instant from, Instant until) {
        for (var lane : DemoLane.ALL) {
            var earliest = from.minus(lane.duration());
            lane.startingWithin(liveFrom, earliest.isAfter(plannedUntil) ? earliest : plannedUntil, until)
                    .filter(plan -> plan.stop().isAfter(from))
                    .forEach(plan -> future.add(new DemoEvent.Begin(plan)));
        }
        if (until.isAfter(plannedUntil)) {
            plannedUntil = until;
        }
    }

    private void happen(DemoEvent event) {
        switch (event) {
            case DemoEvent.Begin begin -> begin(begin.plan());
            case DemoEvent.RemoteBegin begin -> begin(begin.start());
            case DemoEvent.PlugIn plugIn -> begin(plugIn);
            case DemoEvent.End end -> end(end);
        }
    }

    private void begin(PlannedSession plan) {
        var point = plan.point();
        unplug(point, plan.start());
        var session = plan.session(registers.getOrDefault(point, 0L));
        registers.put(point, session.stopWattHours());
        if (++begun % GAP_EVERY == 0) {
            world.idsGivenOutUpTo(world.highestId() + GAP);
        }
        begin(nextId(), point, plan.idTag(), session);
    }

    private void begin(DemoEvent.PlugIn plugIn) {
        var point = plugIn.point();
        if (isBusy(point)) {
            return;
        }
        long id = journal.isDurable()
                ? nextId()
                : REMOTE_IDS_FROM
                        + Duration.between(liveFrom.minus(HISTORY), plugIn.at()).toSeconds();
        var start = new RemoteStarted(
                id, point.chargeBoxId(), point.connectorId(), plugIn.idTag(), plugIn.at(), remoteRegister(point));
        journal.append(start);
        begin(start);
    }

    /** Register at the start of a session that is not on the timetable. */
    private long remoteRegister(SimulatedChargePoint point) {
        return Math.max(registers.getOrDefault(point, 0L), remoteRegisters.getOrDefault(point, 0L));
    }

    private void begin(RemoteStarted start) {
        if (journal.isDurable()) {
            world.idsGivenOutUpTo(start.id());
        }
        var point = point(start.chargeBoxId(), start.connectorId());
        var plan = PlannedSession.of(point, start.idTag(), start.at(), LONGEST_REMOTE_SESSION, Duration.ofSeconds(10));
        var session = plan.session(start.startWattHours());
        remoteRegisters.put(point, session.stopWattHours());
        begin(start.id(), point, start.idTag(), session);
    }

    private void begin(long id, SimulatedChargePoint point, String idTag, SimulatedSession session) {
        world.startTransactionAs(
                id, point.chargeBoxId(), point.connectorId(), idTag, session.start(), session.startWattHours());
        world.readings(id, point.readings(session));
        running.put(id, new Running(point, session));
        var early = endedEarly.get(id);
        if (early != null) {
            end(early);
        } else {
            future.add(new DemoEvent.End(id, session.stop(), "EVDisconnected"));
        }
    }

    private long nextId() {
        long id = world.highestId() + 1;
        world.idsGivenOutUpTo(id);
        return id;
    }

    private void end(DemoEvent.End end) {
        var ending = running.get(end.id());
        if (ending == null || world.transaction(end.id()).isEmpty()) {
            running.remove(end.id());
            return;
        }
        var session = ending.session().endingBy(end.at());
        if (end.reason().equals(REMOTE)) {
            var early = new EndedEarly(end.id(), session.stop(), session.stopWattHours(), StopActor.STATION);
            journal.append(early);
            end(early);
            return;
        }
        running.remove(end.id());
        world.readings(end.id(), ending.point().readings(session));
        world.stopTransaction(
                end.id(), session.stop(), session.stopWattHours(), Optional.of(end.reason()), StopActor.STATION);
    }

    private void end(EndedEarly end) {
        var ending = running.remove(end.id());
        if (ending == null || world.transaction(end.id()).isEmpty()) {
            return;
        }
        boolean byStation = end.actor() == StopActor.STATION;
        var session = byStation
                ? ending.session().endingBy(end.at())
                : ending.session().silentAfter(end.at());
        world.readings(end.id(), ending.point().readings(session));
        world.stopTransaction(
                end.id(), end.at(), end.wattHours(), byStation ? Optional.of(REMOTE) : Optional.empty(), end.actor());
    }

    /** Ends a running session on the connector before a planned one begins. */
    private void unplug(SimulatedChargePoint point, Instant next) {
        running.entrySet().stream()
                .filter(entry -> entry.getValue().point().equals(point))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(id -> end(new DemoEvent.End(id, next.minus(PLUG_CHANGE), "EVDisconnected")));
    }

    private static SimulatedChargePoint point(String chargeBoxId, int connectorId) {
        return DemoSite.CHARGE_POINTS.stream()
                .filter(point -> point.chargeBoxId().equals(chargeBoxId) && point.connectorId() == connectorId)
                .findFirst()
                .orElseThrow();
    }

    private boolean isBusy(SimulatedChargePoint point) {
        return running.values().stream().anyMatch(session -> session.point().equals(point));
    }

    private synchronized boolean remoteStart(DemoCharger charger, Optional<Integer> connectorId, String idTag) {
        var at = clock.instant().plus(REMOTE_START_DELAY);
        var free = charger.connectors().stream()
                .filter(connector -> connectorId.isEmpty() || connectorId.get() == connector.id())
                .map(connector -> point(charger.chargeBoxId(), connector.id()))
                .filter(point -> !isBusy(point) && !isAboutToBeBusy(point, at))
                .findFirst();
        free.ifPresent(point -> future.add(new DemoEvent.PlugIn(at, point, idTag)));
        return free.isPresent();
    }

    private boolean isAboutToBeBusy(SimulatedChargePoint point, Instant at) {
        return future.stream().anyMatch(event -> switch (event) {
            case DemoEvent.Begin begin ->
                begin.plan().point().equals(point) && !begin.at().isAfter(at);
            case DemoEvent.PlugIn plugIn -> plugIn.point().equals(point);
            case DemoEvent.RemoteBegin ignored -> false;
            case DemoEvent.End ignored -> false;
        });
    }

    private synchronized boolean remoteStop(long transactionId) {
        var stopping = running.get(transactionId);
        if (stopping == null || isForgottenByItsStation(stopping.session())) {
            return false;
        }
        future.add(new DemoEvent.End(transactionId, clock.instant().plus(REMOTE_STOP_DELAY), REMOTE));
        return true;
    }

    private static boolean isForgottenByItsStation(SimulatedSession session) {
        return Duration.between(session.start(), session.stop()).compareTo(STUCK_FROM) > 0;
    }

    private synchronized void closedByHand(long transactionId, Instant stoppedAt, long stopWattHours) {
        var early = new EndedEarly(transactionId, stoppedAt, stopWattHours, StopActor.MANUAL);
        journal.append(early);
        end(early);
    }

    /** Station of a demo charge box. */
    private final class DemoStation implements ChargePointCommands {

        private final DemoCharger charger;

        private DemoStation(DemoCharger charger) {
            this.charger = charger;
        }

        @Override
        public boolean remoteStart(Optional<Integer> connectorId, String idTag) {
            return DemoWorld.this.remoteStart(charger, connectorId, idTag);
        }

        @Override
        public boolean remoteStop(long transactionId) {
            return DemoWorld.this.remoteStop(transactionId);
        }

        @Override
        public void closedByHand(long transactionId, Instant stoppedAt, long stopWattHours) {
            DemoWorld.this.closedByHand(transactionId, stoppedAt, stopWattHours);
        }
    }
}
