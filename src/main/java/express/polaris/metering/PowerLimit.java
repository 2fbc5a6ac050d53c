package express.polaris.metering;

import express.polaris.units.Power;
import java.util.List;
import java.util.Optional;

/**
 * Energy that a connector can deliver in a given time, at 1.2 times its power limit. Without an entered limit, the
 * limit is learned from the readings: twice the power that the charger reached repeatedly, from 50 to 400 kW, or 400 kW
 * with fewer than four readings; and never more than 300 kWh at a time. The power of three steps in a row, up to 400
 * kW, overrides a lower entered limit.
 */
final class PowerLimit {

    private static final long LEAST_WATTS = 50_000;
    private static final long MOST_WATTS = 400_000;
    private static final long FASTEST_WATTS = 4_000_000;
    private static final long MOST_UNKNOWN_MILLIWATT_HOURS = 300_000_000;
    private static final long MICROS_PER_HOUR = 3_600_000_000L;

    /** 30 days. A longer time allows no more energy, and products fit into 64 bits. */
    private static final long LONGEST_MICROS = 720 * MICROS_PER_HOUR;

    private static final int FEWEST_TO_LEARN = 4;

    private final long watts;
    private final long mostAtOnce;

    private PowerLimit(long watts, long mostAtOnce) {
        this.watts = watts;
        this.mostAtOnce = mostAtOnce;
    }

    static PowerLimit of(Optional<Power> entered, RegisterReadings readings) {
        var known = entered.map(Power::milliwatts)
                .filter(milliwatts -> milliwatts > 0)
                .map(milliwatts -> Math.max(1, Math.min(FASTEST_WATTS, milliwatts / 1_000)));
        var rates = new Rates(readings);
        if (known.isPresent()) {
            return new PowerLimit(Math.max(known.get(), Math.min(MOST_WATTS, rates.threeInARow)), Long.MAX_VALUE);
        }
        long learnt = rates.readings < FEWEST_TO_LEARN
                ? MOST_WATTS
                : Math.clamp(2 * Math.max(rates.threeInARow, rates.secondLasting), LEAST_WATTS, MOST_WATTS);
        return new PowerLimit(learnt, MOST_UNKNOWN_MILLIWATT_HOURS);
    }

    /** Limit of a connector whose phases are metered separately. */
    static PowerLimit together(List<PowerLimit> phases) {
        if (phases.stream().anyMatch(phase -> phase.mostAtOnce == Long.MAX_VALUE)) {
            return new PowerLimit(
                    phases.stream().mapToLong(phase -> phase.watts).max().orElseThrow(), Long.MAX_VALUE);
        }
        return new PowerLimit(
                Math.min(
                        MOST_WATTS,
                        phases.stream().mapToLong(phase -> phase.watts).sum()),
                MOST_UNKNOWN_MILLIWATT_HOURS);
    }

    /** Maximum energy in this time, in mWh. */
    long energyIn(long micros) {
        long time = Math.clamp(micros, 0, LONGEST_MICROS);
        return Math.min(mostAtOnce, watts * 6 / 5 * (time / 1_000) / (MICROS_PER_HOUR / 1_000_000));
    }

    /**
     * How fast the register rose between instants, in W; of several readings of an instant the preferred one
     * counts.
     */
    private static final class Rates {

        private final RegisterReadings all;
        private final int[] first;
        private int readings;
        private long threeInARow;
        private long secondLasting;

        Rates(RegisterReadings all) {
            this.all = all;
            this.first = new int[all.size()];
            for (int i = 0; i < all.size(); i++) {
                if (all.opensInstant(i) && all.row(i) != RegisterReadings.STOP) {
                    first[readings++] = i;
                }
            }
            long beforeLast = 0;
            long last = 0;
            long lasting = 0;
            for (int step = 1; step < readings; step++) {
                long rate = rate(step);
                threeInARow = Math.max(threeInARow, Math.min(rate, Math.min(last, beforeLast)));
                beforeLast = last;
                last = rate;
                if (rate > secondLasting && isLasting(step)) {
                    secondLasting = Math.min(rate, lasting);
                    lasting = Math.max(rate, lasting);
                }
            }
        }

        /** Zero for a fall, and for a rise that cannot be energy: nothing is learned from them. */
        private long rate(int step) {
            long rise = value(step) - value(step - 1);
            long micros = all.at(first[step]) - all.at(first[step - 1]);
            return rise <= 0 || rise > MOST_UNKNOWN_MILLIWATT_HOURS || micros <= 0
                    ? 0
                    : Math.min(MOST_WATTS, rise * 3_600 / Math.max(1, micros / 1_000));
        }

        /** Whether none of the next three readings is lower, as it would be after a spike or with a second register. */
        private boolean isLasting(int step) {
            for (int next = step + 1; next <= step + 3 && next < readings; next++) {
                if (value(next) < value(step)) {
                    return false;
                }
            }
            return step + 1 < readings;
        }

        private long value(int step) {
            return all.value(first[step]);
        }
    }
}
