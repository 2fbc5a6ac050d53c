package express.polaris.metering;

import express.polaris.units.Energy;
import java.util.Optional;

/**
 * What an energy reading means, seen from the level so far and the reading after it. A change within the meter's noise of
 * 50 Wh proves nothing, neither a fall nor a return.
 */
enum Judgement {
    RISE,
    SAME,
    /** A small fall. */
    NOISE,
    /** A fall that the next reading confirms. */
    RESET,
    /** A lone outlier, up or down: the next reading is back at the level. */
    GLITCH,
    /** A fall that no reading has confirmed or contradicted yet. */
    UNDECIDED;

    static final Energy NOISE_LIMIT = Energy.ofWattHours(50);

    static Judgement of(Energy level, Energy value, Optional<Energy> next) {
        int change = value.compareTo(level);
        if (change == 0) {
            return SAME;
        }
        if (change > 0) {
            boolean contradicted =
                    next.isPresent() && isClearFall(value, next.get()) && !isClearFall(level, next.get());
            return contradicted ? GLITCH : RISE;
        }
        if (!isClearFall(level, value)) {
            return NOISE;
        }
        if (next.isEmpty()) {
            return UNDECIDED;
        }
        return isClearFall(level, next.get()) ? RESET : GLITCH;
    }

    private static boolean isClearFall(Energy from, Energy to) {
        return from.minus(to).compareTo(NOISE_LIMIT) > 0;
    }
}
