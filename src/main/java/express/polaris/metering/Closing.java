package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Appends the closing event, which makes the sum of all deltas exactly stop value − start value. It takes the place of a
 * {@code Transaction.End} event that is the last one, and of an empty event at its own instant.
 */
final class Closing {

    private final MeteredTransaction transaction;
    private final Instant now;
    private final ConnectorCeiling ceiling;

    Closing(MeteredTransaction transaction, Instant now, ConnectorCeiling ceiling) {
        this.transaction = transaction;
        this.now = now;
        this.ceiling = ceiling;
    }

    /** Why a stopped transaction has no closing event; empty while it is open, and when it has one. */
    static Optional<String> problem(MeteredTransaction transaction) {
        if (transaction.stop().isEmpty()) {
            return Optional.empty();
        }
        var value = transaction.stop().get().value();
        if (value.isEmpty()) {
            return Optional.of("stop value missing");
        }
        if (value.get().compareTo(transaction.startValue()) < 0) {
            return Optional.of("stop value " + plain(value.get()) + " is below the start value "
                    + plain(transaction.startValue()));
        }
        return Optional.empty();
    }

    /** The value that closes the session; empty while it is open or {@link #problem} says why there is none. */
    static Optional<Energy> stopValue(MeteredTransaction transaction) {
        return problem(transaction).isPresent()
                ? Optional.empty()
                : transaction.stop().flatMap(MeterStop::value);
    }

    void append(List<Step> steps, MeterStop stop, Energy stopValue, Instant lastReadingAt) {
        var at = instant(steps, stop);
        Optional<Step> replaced = Optional.empty();
        if (!steps.isEmpty() && givesWay(steps.getLast(), at)) {
            replaced = Optional.of(steps.removeLast());
        }
        var level = steps.isEmpty() ? transaction.startValue() : steps.getLast().to();
        var rise = stopValue.minus(level);
        var delta = stopValue.minus(transaction.startValue()).minus(sum(steps));
        var readingBefore = replaced.map(Step::previousReadingAt).orElse(lastReadingAt);
        steps.add(new Step(
                Step.Kind.CLOSING,
                at,
                level,
                stopValue,
                delta,
                flags(delta, rise, lastEnergyEvent(steps), at),
                replaced.flatMap(Step::reading),
                readingBefore,
                delta.equals(rise) ? ceiling.meanPower(rise, readingBefore, at) : Optional.<Power>empty()));
    }

    /** The stop time (now, if that lies ahead) or the last event's, whichever is later. */
    private Instant instant(List<Step> steps, MeterStop stop) {
        var stopped = stop.at().isAfter(now) ? now : stop.at();
        var last = steps.isEmpty() ? transaction.startedAt() : steps.getLast().at();
        return stopped.isAfter(last) ? stopped : last;
    }

    private static boolean givesWay(Step last, Instant at) {
        return last.kind() == Step.Kind.END || (last.isEmpty() && last.at().equals(at));
    }

    private Set<ReadingFlag> flags(Energy delta, Energy rise, Instant since, Instant at) {
        if (!delta.equals(rise)) {
            return Set.of(ReadingFlag.RESET_CORRECTION);
        }
        if (delta.isNegative()) {
            return Set.of(ReadingFlag.CORRECTION);
        }
        return ceiling.isExceededBy(delta, since, at) ? Set.of(ReadingFlag.IMPLAUSIBLE) : Set.of();
    }

    private Instant lastEnergyEvent(List<Step> steps) {
        return steps.reversed().stream()
                .filter(step -> step.kind() != Step.Kind.POWER_ONLY)
                .map(Step::at)
                .findFirst()
                .orElse(transaction.startedAt());
    }

    private static Energy sum(List<Step> steps) {
        return steps.stream().map(Step::delta).reduce(Energy.ZERO, Energy::plus);
    }

    private static String plain(Energy energy) {
        return energy.wattHours().stripTrailingZeros().toPlainString() + " Wh";
    }
}
