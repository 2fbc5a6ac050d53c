package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.events.EnergyDecision;
import express.polaris.sessions.events.EnergyDecision.Use;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.sessions.events.SessionImport;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Sessions of a simulated SteVe whose energy an operator decides. */
abstract class DecidedSessions {

    static final Instant START = NOON.minus(Duration.ofMinutes(30));
    static final ChargeBoxId BOX = new ChargeBoxId("CP1");

    final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    final SyncHarness harness = new SyncHarness(steve.baseUrl());
    final EnergyDecisionService decisions = harness.bean(EnergyDecisionService.class);
    AccountId operator = new AccountId(0);

    @BeforeEach
    void anOperator() {
        operator = harness.driver("olga");
    }

    @AfterEach
    void close() {
        harness.close();
        steve.close();
    }

    /** 1 kWh every five minutes from 1000 Wh: 5 kWh are measured. */
    long charging() {
        long id = steve.world().startTransaction("CP1", 1, "TAG1", START, 1000);
        for (int step = 1; step <= 5; step++) {
            steve.world().addMeterValue(id, energy(START.plusSeconds(300L * step), 1000 + 1000L * step));
        }
        return id;
    }

    /**
     * @param stop register at the end, in Wh
     */
    long stopped(long stop) {
        long id = charging();
        stop(id, stop);
        harness.sync(true);
        return id;
    }

    void stop(long id, long value) {
        steve.world().stopTransaction(id, NOON, value, Optional.of("Local"), StopActor.STATION);
    }

    /** Start and stop value come from different registers: 1,999 kWh by SteVe. */
    long inflated() {
        return stopped(2_000_000);
    }

    void readAgain(long id) {
        harness.clock.advance(Duration.ofMinutes(1));
        harness.bean(SessionImport.class).schedule(new SessionId(id), Optional.of(harness.clock.instant()));
        harness.readDue();
    }

    EnergyDecision decide(long id, Use use) {
        return decisions.decide(operator, new SessionId(id), use, Optional.empty(), "The meter was changed");
    }

    EnergyDecision decide(long id, long wattHours) {
        var value = Optional.of(Energy.ofWattHours(wattHours));
        return decisions.decide(operator, new SessionId(id), Use.VALUE, value, "By the driver's photo");
    }

    void seal(long id) {
        harness.jdbc().sql("""
                    update synced_transaction_events set sealed_at = now()
                     where steve_transaction_id = ? and sealed_at is null
                    """).param(id).update();
    }

    Energy sum(long id) {
        return harness.timeline(id).stream().map(row -> row.event().delta()).reduce(Energy.ZERO, Energy::plus);
    }

    void assertDecided(long id, long wattHours) {
        var session = harness.session(id);
        assertThat(sum(id)).isEqualTo(Energy.ofWattHours(wattHours));
        assertThat(session.energy()).isEqualTo(Energy.ofWattHours(wattHours));
        assertThat(session.energies().dispute()).isEmpty();
        assertThat(session.flags()).doesNotContain("disputed");
        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(harness.timeline(id).getLast().event().isFinal()).isTrue();
    }
}
