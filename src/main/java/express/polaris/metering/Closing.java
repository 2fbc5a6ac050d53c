package express.polaris.metering;

import express.polaris.units.Energy;
import java.util.Optional;
import java.util.Set;

/** What closes a session: the register at the end, the energy that then counts, and why there may be none. */
public final class Closing {

    private Closing() {}

    /** Why a stopped transaction has no closing event; empty while it is open, and when it has one. */
    static Optional<String> problem(MeteredTransaction transaction) {
        if (transaction.stop().isEmpty() || transaction.word().decided().isPresent()) {
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

    /** The register at the end; empty while the transaction is open, and when SteVe's value cannot be believed. */
    static Optional<Energy> stopValue(MeteredTransaction transaction) {
        return transaction
                .stop()
                .flatMap(MeterStop::value)
                .filter(value -> value.compareTo(transaction.startValue()) >= 0);
    }

    /** SteVe's number: stop value − start value. */
    static Optional<Energy> steveEnergy(MeteredTransaction transaction) {
        return stopValue(transaction).map(value -> value.minus(transaction.startValue()));
    }

    /** The energy of the closed session; empty while it is open or {@link #problem} says why there is none. */
    static Optional<Energy> energy(MeteredTransaction transaction) {
        return transaction.stop().isEmpty()
                ? Optional.empty()
                : transaction.word().decided().or(() -> steveEnergy(transaction));
    }

    /**
     * What is remarkable about a closing event.
     *
     * @param delta its energy
     * @param rise of the register since the event before it
     * @param begunAnew whether the register began anew during the session
     */
    public static Set<ReadingFlag> flags(Energy delta, Energy rise, boolean begunAnew) {
        if (!delta.equals(rise) && begunAnew) {
            return Set.of(ReadingFlag.RESET_CORRECTION);
        }
        return delta.isNegative() ? Set.of(ReadingFlag.CORRECTION) : Set.of();
    }

    private static String plain(Energy energy) {
        return energy.wattHours().stripTrailingZeros().toPlainString() + " Wh";
    }
}
