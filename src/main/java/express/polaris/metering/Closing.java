package express.polaris.metering;

import express.polaris.units.Energy;
import java.util.Optional;
import java.util.Set;

/** Closing of a session: the final register value, the energy that counts, and whether closing is impossible. */
public final class Closing {

    private Closing() {}

    /** Whether the transaction is stopped but cannot have a closing event, because SteVe's stop value is not usable. */
    static boolean isImpossible(MeteredTransaction transaction) {
        return transaction.stop().isPresent() && energy(transaction).isEmpty();
    }

    /**
     * Final register value; empty while the transaction is active, and if SteVe's value is missing or below the start
     * value.
     */
    static Optional<Energy> stopValue(MeteredTransaction transaction) {
        return transaction
                .stop()
                .flatMap(MeterStop::value)
                .filter(value -> value.compareTo(transaction.startValue()) >= 0);
    }

    /** SteVe's energy: stop value − start value; empty without a usable stop value. */
    static Optional<Energy> steveEnergy(MeteredTransaction transaction) {
        return stopValue(transaction).map(value -> value.minus(transaction.startValue()));
    }

    /** Energy of the closed session; empty while the transaction is active or its closing {@link #isImpossible}. */
    static Optional<Energy> energy(MeteredTransaction transaction) {
        return transaction.stop().isEmpty()
                ? Optional.empty()
                : transaction.word().decided().or(() -> steveEnergy(transaction));
    }

    /**
     * Flags of a closing event.
     *
     * @param delta energy of the event
     * @param rise of the register since the previous event
     * @param restarted whether the register was reset during the session
     */
    public static Set<ReadingFlag> flags(Energy delta, Energy rise, boolean restarted) {
        if (!delta.equals(rise) && restarted) {
            return Set.of(ReadingFlag.RESET_CORRECTION);
        }
        return delta.isNegative() ? Set.of(ReadingFlag.CORRECTION) : Set.of();
    }
}
