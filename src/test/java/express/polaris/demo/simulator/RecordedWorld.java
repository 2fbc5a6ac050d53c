package express.polaris.demo.simulator;

import express.polaris.testing.MutableClock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Loads the data of the recordings into a simulated SteVe. */
final class RecordedWorld {

    private RecordedWorld() {}

    /** The charge boxes of the recorded SteVe with their recorded primary keys, without transactions. */
    static SteveWorld withChargeBoxes(MutableClock clock) {
        var world = new SteveWorld(clock);
        IntStream.rangeClosed(1, 15).forEach(n -> world.chargeBox("CP" + n));
        world.chargeBox("CP20");
        world.chargeBox("unused-17");
        world.chargeBox("CP30");
        world.chargeBox("unused-19");
        world.chargeBox("CP21");
        world.chargeBox("CP31").behaviour(ChargeBoxBehaviour.SILENT);
        world.chargeBox("CP32").behaviour(ChargeBoxBehaviour.REJECTS);
        world.chargeBox("CP1").behaviour(ChargeBoxBehaviour.OFFLINE);
        world.chargeBox("CP5").behaviour(ChargeBoxBehaviour.OFFLINE);
        return world;
    }

    static void addTags(SteveWorld world, JsonNode tags) {
        tags.forEach(tag -> world.putTag(new SimulatedTag(
                tag.path("ocppTagPk").intValue(),
                tag.path("idTag").stringValue(),
                tag.path("parentIdTag").stringValueOpt(),
                tag.path("expiryDate").stringValueOpt().map(Instant::parse),
                tag.path("maxActiveTransactionCount").intValue(),
                tag.path("note").stringValueOpt())));
    }

    static void addTransactions(SteveWorld world, JsonNode transactions) {
        transactions.forEach(transaction -> addTransaction(world, transaction));
    }

    static void addTransaction(SteveWorld world, JsonNode transaction) {
        long id = transaction.path("id").longValue();
        var idTag = transaction.path("ocppIdTag").stringValue();
        world.putTag(new SimulatedTag(
                transaction.path("ocppTagPk").intValue(),
                idTag,
                Optional.empty(),
                Optional.empty(),
                -1,
                Optional.empty()));
        world.startTransactionAs(
                id,
                transaction.path("chargeBoxId").stringValue(),
                transaction.path("connectorId").intValue(),
                idTag,
                Instant.parse(transaction.path("startTimestamp").stringValue()),
                Long.parseLong(transaction.path("startValue").stringValue()));
        transaction
                .path("stopTimestamp")
                .stringValueOpt()
                .ifPresent(stop -> world.stopTransaction(
                        id,
                        Instant.parse(stop),
                        Long.parseLong(transaction.path("stopValue").stringValue()),
                        transaction.path("stopReason").stringValueOpt(),
                        transaction.path("stopEventActor").stringValue().equals("manual")
                                ? StopActor.MANUAL
                                : StopActor.STATION));
    }

    static void addDetails(SteveWorld world, JsonNode details) {
        addTransaction(world, details.path("transaction"));
        long id = details.at("/transaction/id").longValue();
        world.addMeterValues(
                id,
                details.path("values")
                        .valueStream()
                        .map(value -> new SimulatedMeterValue(
                                Instant.parse(value.path("valueTimestamp").stringValue()),
                                value.path("value").stringValue(),
                                value.path("readingContext").stringValueOpt(),
                                value.path("format").stringValueOpt(),
                                value.path("measurand").stringValueOpt(),
                                value.path("location").stringValueOpt(),
                                value.path("unit").stringValueOpt(),
                                value.path("phase").stringValueOpt()))
                        .toList());
    }
}
