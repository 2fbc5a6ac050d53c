package express.polaris.sync;

import express.polaris.metering.MeterStop;
import express.polaris.metering.MeterValueText;
import express.polaris.platform.refusals.Wording;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import express.polaris.steve.SteveStop;
import express.polaris.steve.SteveTransaction;
import express.polaris.units.Energy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Converts SteVe's rows, or gives the reason why one is rejected. */
final class SteveRowReader {

    private static final int LONGEST_NAME = 255;

    /** SteVe's keys are 32 bits wide; it rejects a whole list request with a greater one. */
    static final long HIGHEST_ID = Integer.MAX_VALUE;

    /** Bounds of a transaction's times; times outside do not all fit into the database. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    private SteveRowReader() {}

    /** A transaction that can be applied, or the reason why it cannot. */
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
                transaction.stop().map(SteveRowReader::stop));
    }

    /** A stop with an unusable value or time is still a stop: SteVe has closed the transaction. */
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
                stop.reason().map(SteveRowReader::shortened),
                stop.actor().map(SteveRowReader::shortened));
    }

    static boolean isId(long id) {
        return id > 0 && id <= HIGHEST_ID;
    }

    /** Truncated to microseconds, as in the database, so that stored and compared values are equal. */
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
