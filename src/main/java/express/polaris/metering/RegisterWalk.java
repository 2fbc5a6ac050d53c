package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks through the energy readings in the order of time and makes steps of them. It knows nothing of power, so that an
 * answer with energy alone and a full one give the same energy.
 */
final class RegisterWalk {

    /** Equal energy makes an event only after this time. */
    static final Duration SIGN_OF_LIFE = Duration.ofMinutes(15);

    private final ConnectorCeiling ceiling;
    private final boolean stopKnown;
    private final RowLedger ledger;
    private final List<Step> steps = new ArrayList<>();
    private Energy level;
    private Instant lastStepAt;
    private Instant lastReadingAt;
    private Optional<Power> lastPower = Optional.empty();

    /** @param stopKnown whether {@code Transaction.End} readings carry the stop value, which is never a reset */
    RegisterWalk(MeteredTransaction transaction, boolean stopKnown, ConnectorCeiling ceiling, RowLedger ledger) {
        this.ceiling = ceiling;
        this.stopKnown = stopKnown;
        this.ledger = ledger;
        level = transaction.startValue();
        lastStepAt = transaction.startedAt();
        lastReadingAt = transaction.startedAt();
    }

    void walk(List<MeterReading> readings) {
        for (int i = 0; i < readings.size(); i++) {
            var next = i + 1 < readings.size() ? Optional.of(readings.get(i + 1).energy()) : Optional.<Energy>empty();
            take(readings.get(i), next);
        }
    }

    List<Step> steps() {
        return steps;
    }

    /** The last reading that was neither a glitch nor undecided, or the start. */
    Instant lastReadingAt() {
        return lastReadingAt;
    }

    /** Derived from the last two energy readings. */
    Optional<Power> lastPower() {
        return lastPower;
    }

    private void take(MeterReading reading, Optional<Energy> next) {
        switch (judge(reading, next)) {
            case RISE -> rise(reading);
            case RESET -> reset(reading);
            case SAME -> stay(reading, "unchanged");
            case NOISE -> stay(reading, "noise");
            case GLITCH -> ledger.reject(reading, carriesStopValue(reading) ? "superseded" : "glitch");
            case UNDECIDED -> ledger.reject(reading, "undecided");
        }
    }

    private Judgement judge(MeterReading reading, Optional<Energy> next) {
        boolean stopBelowLevel = carriesStopValue(reading) && reading.energy().compareTo(level) < 0;
        return stopBelowLevel ? Judgement.NOISE : Judgement.of(level, reading.energy(), next);
    }

    private boolean carriesStopValue(MeterReading reading) {
        return stopKnown && reading.end();
    }

    private void rise(MeterReading reading) {
        var delta = reading.energy().minus(level);
        boolean implausible = ceiling.isExceededBy(delta, lastStepAt, reading.at());
        var power = ceiling.meanPower(delta, lastReadingAt, reading.at());
        step(reading, reading.energy(), delta, implausible ? Set.of(ReadingFlag.IMPLAUSIBLE) : Set.of(), power);
    }

    /** What was charged between the old level and the new base is unknown; the closing event makes up for it. */
    private void reset(MeterReading reading) {
        step(reading, reading.energy(), Energy.ZERO, Set.of(ReadingFlag.METER_RESET), Optional.empty());
    }

    private void stay(MeterReading reading, String reason) {
        var power = ceiling.meanPower(Energy.ZERO, lastReadingAt, reading.at());
        if (reading.end() || signOfLifeIsDue(reading.at())) {
            step(reading, level, Energy.ZERO, Set.of(), power);
        } else {
            ledger.reject(reading, reason);
            lastReadingAt = reading.at();
            lastPower = power;
        }
    }

    /** Nothing but energy makes an event after {@code Transaction.End}, or the session would lose its final reading. */
    private boolean signOfLifeIsDue(Instant at) {
        boolean ended = !steps.isEmpty() && steps.getLast().kind() == Step.Kind.END;
        return !ended && Duration.between(lastStepAt, at).compareTo(SIGN_OF_LIFE) >= 0;
    }

    private void step(
            MeterReading reading, Energy to, Energy delta, Set<ReadingFlag> flags, Optional<Power> derivedPower) {
        var kind = reading.end() ? Step.Kind.END : Step.Kind.ENERGY;
        steps.add(new Step(
                kind, reading.at(), level, to, delta, flags, Optional.of(reading), lastReadingAt, derivedPower));
        level = to;
        lastStepAt = reading.at();
        lastReadingAt = reading.at();
        lastPower = derivedPower;
    }
}
