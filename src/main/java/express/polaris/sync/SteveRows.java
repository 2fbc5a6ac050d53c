package express.polaris.sync;

import express.polaris.metering.MeterStop;
import express.polaris.metering.MeterValueText;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import express.polaris.steve.SteveStop;
import express.polaris.steve.SteveTransaction;
import express.polaris.units.Energy;
import express.polaris.problems.Wording;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Turns SteVe's rows into ours, or says why one cannot be believed. */
final class SteveRows {

    private static final int LONGEST_NAME = 255;

    /** SteVe's keys are 32 bits wide; asked for a greater one it refuses the whole list. */
    static final long HIGHEST_ID = Integer.MAX_VALUE;

    /** Instants outside these bounds are no charge's, and not all of them fit into the database. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    private SteveRows() {}

    /** A transaction that can be taken over, or the reason why it cannot. */
    sealed interface Row {
        record Readable(TransactionFacts facts) implements Row {}

        record Refused(long id, SyncFault why) implements Row {}
    }

    static Row row(SteveTransaction transaction) {
        long id = transaction.id();
        if (!isId(id)) {
            return refused(id, SyncReason.ID.with(id, HIGHEST_ID));
        }
        if (!isName(transaction.chargeBoxId())) {
            return refused(
                    id, SyncReason.CHARGE_BOX.with(transaction.chargeBoxId().length(), LONGEST_NAME));
        }
        if (!isName(transaction.ocppIdTag())) {
            return refused(id, SyncReason.ID_TAG.with(transaction.ocppIdTag().length(), LONGEST_NAME));
        }
        if (!isPlausible(transaction.startTimestamp())) {
            return refused(id, SyncReason.START.with(transaction.startTimestamp(), EARLIEST, LATEST));
        }
        return switch (MeterValueText.parse(transaction.startValue())) {
            case MeterValueText.Unreadable(var reason) ->
                new Row.Refused(id, SyncFault.of(SyncReason.START_VALUE.with(), reason));
            case MeterValueText.Readable(var startValue) -> new Row.Readable(facts(transaction, startValue));
        };
    }

    private static Row refused(long id, Wording why) {
        return new Row.Refused(id, SyncFault.of(why));
    }

    private static TransactionFacts facts(SteveTransaction transaction, Energy startValue) {
        return new TransactionFacts(
                new SessionId(transaction.id()),
                transaction.chargeBoxId(),
                transaction.connectorId(),
                transaction.ocppIdTag(),
                storable(transaction.startTimestamp()),
                startValue,
                transaction.stop().map(SteveRows::stop));
    }

    /** A stop whose value or time cannot be believed is a stop all the same: SteVe has closed. */
    private static MeterStop stop(SteveStop stop) {
        var value = stop.value().flatMap(text -> switch (MeterValueText.parse(text)) {
            case MeterValueText.Readable(var energy) -> Optional.of(energy);
            case MeterValueText.Unreadable ignored -> Optional.<Energy>empty();
        });
        var at = stop.timestamp().isBefore(EARLIEST)
                ? EARLIEST
                : stop.timestamp().isAfter(LATEST) ? LATEST : stop.timestamp();
        return new MeterStop(
                storable(at),
                value,
                stop.reason().map(SteveRows::shortened),
                stop.actor().map(SteveRows::shortened));
    }

    static boolean isId(long id) {
        return id > 0 && id <= HIGHEST_ID;
    }

    /** As exact as the database keeps it, so that what was stored equals what is compared with it. */
    private static Instant storable(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isPlausible(Instant instant) {
        return !instant.isBefore(EARLIEST) && instant.isBefore(LATEST);
    }

    private static String shortened(String text) {
        var printable = text.replaceAll("\\p{Cntrl}", " ");
        return printable.substring(0, Math.min(printable.length(), LONGEST_NAME));
    }
}
