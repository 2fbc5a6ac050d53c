package express.polaris.demo.simulator;

import express.polaris.steve.SteveContract;
import express.polaris.steve.SteveSettings;
import express.polaris.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/**
 * The simulator fulfils the contract that the recordings fulfil. If this fails, tests against the simulator prove
 * nothing.
 */
class SimulatedSteveContractTest extends SteveContract {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final SteveWorld world = new SteveWorld(new MutableClock(NOON));
    private final SimulatedSteve steve = new SimulatedSteve(world, Duration.ofMillis(50)).start();
    private final long finished;
    private final long offline;
    private final long active;

    SimulatedSteveContractTest() {
        world.addTag("TAG1");
        var fleet = world.addTag("FLEET");
        world.putTag(new SimulatedTag(
                0,
                "TAG2",
                Optional.of(fleet.idTag()),
                Optional.of(NOON.plus(Duration.ofDays(400))),
                2,
                Optional.of("child of FLEET")));
        world.putTag(world.addTag("BLOCKED").withMaxActiveTransactionCount(0));
        world.chargeBox("OFFLINE").behaviour(ChargeBoxBehaviour.OFFLINE);
        world.chargeBox("SILENT").behaviour(ChargeBoxBehaviour.SILENT);
        world.chargeBox("REJECTS").behaviour(ChargeBoxBehaviour.REJECTS);
        var start = NOON.minus(Duration.ofHours(2)).plusMillis(264);
        finished = world.startTransaction("CP1", 1, "TAG1", start, 1000);
        world.addMeterValues(
                finished,
                List.of(
                        SimulatedMeterValue.energy(start.plusSeconds(60), 1183),
                        SimulatedMeterValue.power(start.plusSeconds(60), 11_000),
                        SimulatedMeterValue.stateOfCharge(start.plusSeconds(60), 40),
                        SimulatedMeterValue.finalEnergy(start.plusSeconds(120), 1366)));
        world.stopTransaction(finished, start.plusSeconds(120), 1366, Optional.of("Local"), StopActor.STATION);
        offline = world.startTransaction("OFFLINE", 1, "TAG2", NOON.minusSeconds(600), 0);
        active = world.startTransaction("CP1", 2, "TAG1", NOON.minusSeconds(300), 0);
    }

    @AfterEach
    void stop() {
        steve.close();
    }

    @Override
    protected SteveSettings settings() {
        return SteveSettings.of(steve.baseUrl(), steve.username(), steve.password());
    }

    @Override
    protected long activeTransaction() {
        return active;
    }

    @Override
    protected long finishedTransaction() {
        return finished;
    }

    @Override
    protected long anotherTransaction() {
        return offline;
    }

    @Override
    protected long unknownTransaction() {
        return 99_999;
    }

    @Override
    protected String tagWithEverything() {
        return "TAG2";
    }

    @Override
    protected String blockedTag() {
        return "BLOCKED";
    }

    @Override
    protected Start acceptedStart() {
        return new Start("CP1", Optional.of(1), "TAG1");
    }

    @Override
    protected Start rejectedStart() {
        return new Start("REJECTS", Optional.empty(), "TAG1");
    }

    @Override
    protected Start unansweredStart() {
        return new Start("SILENT", Optional.of(1), "TAG1");
    }

    @Override
    protected Start offlineStart() {
        return new Start("OFFLINE", Optional.of(1), "TAG1");
    }

    @Override
    protected Start unknownStationStart() {
        return new Start("NOPE", Optional.of(1), "TAG1");
    }

    @Override
    protected Start blockedTagStart() {
        return new Start("CP1", Optional.of(1), "BLOCKED");
    }

    @Override
    protected Start unknownTagStart() {
        return new Start("CP1", Optional.of(1), "NOBODY");
    }

    @Override
    protected Stop acceptedStop() {
        return new Stop("CP1", active);
    }

    @Override
    protected Stop inactiveStop() {
        return new Stop("REJECTS", active);
    }

    @Override
    protected Stop offlineStop() {
        return new Stop("OFFLINE", offline);
    }
}
