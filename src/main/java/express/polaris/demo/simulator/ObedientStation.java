package express.polaris.demo.simulator;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Station that starts and stops at once, on any free connector. A connector's register continues from its last
 * transaction.
 */
final class ObedientStation implements ChargePointCommands {

    private static final int CONNECTORS = 2;

    private final SteveWorld world;
    private final String chargeBoxId;

    ObedientStation(SteveWorld world, String chargeBoxId) {
        this.world = world;
        this.chargeBoxId = chargeBoxId;
    }

    @Override
    public boolean remoteStart(Optional<Integer> connectorId, String idTag) {
        var free = connectorId.isPresent()
                ? connectorId.filter(connector -> !world.isBusy(chargeBoxId, connector))
                : IntStream.rangeClosed(1, CONNECTORS)
                        .filter(connector -> !world.isBusy(chargeBoxId, connector))
                        .boxed()
                        .findFirst();
        free.ifPresent(
                connector -> world.startTransaction(chargeBoxId, connector, idTag, world.now(), register(connector)));
        return free.isPresent();
    }

    @Override
    public boolean remoteStop(long transactionId) {
        var transaction = world.transaction(transactionId).orElseThrow();
        long stopWattHours = world.meterValues(transactionId).stream()
                .filter(SimulatedMeterValue::isEnergy)
                .filter(value -> value.unit().orElse("Wh").equals("Wh"))
                .map(value -> Math.round(Double.parseDouble(value.value())))
                .max(Comparator.naturalOrder())
                .orElse(transaction.startWattHours());
        world.stopTransaction(transactionId, world.now(), stopWattHours, Optional.of("Remote"), StopActor.STATION);
        return true;
    }

    private long register(int connectorId) {
        return world.transactions()
                .filter(transaction -> transaction.chargeBox().id().equalsIgnoreCase(chargeBoxId)
                        && transaction.connectorId() == connectorId)
                .findFirst()
                .flatMap(SimulatedTransaction::stopWattHours)
                .orElse(0L);
    }
}
