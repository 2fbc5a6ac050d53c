package express.polaris.metering;

import java.util.Optional;

/**
 * Power derived from the register along an energy track, in mW.
 *
 * <p>A fine register, which moves by at least four steps between two readings, gives the power between them. A coarse
 * one moves only now and then: its power is taken over at least two steps, and holds until the next step is overdue.
 */
final class DerivedPower {

    private static final long FINE = 4;
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final long LONGEST = 15 * 60 * 1_000_000L;

    private final EnergyTrack track;
    private final PowerLimit limit;
    private final long step;
    private final long startedAt;

    /** Points at which the register moved since its last reset. */
    private int[] moves = new int[16];

    private int size;
    private Optional<Long> current = Optional.empty();

    DerivedPower(EnergyTrack track, PowerLimit limit, long step, long startedAt) {
        this.track = track;
        this.limit = limit;
        this.step = step;
        this.startedAt = startedAt;
    }

    /** Power at this point of the track; points must be visited in order. */
    Optional<Long> at(int point) {
        if (track.moveOf(point).isRestart()) {
            size = 0;
            current = Optional.empty();
        } else if (track.delta(point) > 0) {
            current = moved(point);
            remember(point);
        } else {
            current = rested(point);
        }
        return current;
    }

    private Optional<Long> moved(int point) {
        long before = point == 0 ? startedAt : track.at(point - 1);
        if (track.delta(point) >= FINE * step) {
            return mean(track.delta(point), track.at(point) - before);
        }
        long enough = FINE * step;
        for (int i = size - 1; i >= 0; i--) {
            long energy = track.level(point) - track.level(moves[i]);
            long time = track.at(point) - track.at(moves[i]);
            boolean oldest = i == 0 || track.at(point) - track.at(moves[i - 1]) > LONGEST;
            if (energy >= enough || oldest && energy >= 2 * step) {
                return mean(energy, time);
            }
        }
        return current.filter(power -> power > 0);
    }

    /** Power while the register rests: the last one until the next step is overdue, then zero. */
    private Optional<Long> rested(int point) {
        long since = size == 0 ? startedAt : track.at(moves[size - 1]);
        return current.filter(power -> power > 0)
                .filter(power -> (track.at(point) - since) * (power / 1_000) <= 2 * (step / 1_000) * MICROS_PER_HOUR)
                .or(() -> Optional.of(0L));
    }

    private Optional<Long> mean(long energy, long micros) {
        if (micros <= 0 || energy > limit.energyIn(micros) + step) {
            return Optional.empty();
        }
        return Optional.of(energy * 3_600 / Math.max(1, micros / 1_000) * 1_000);
    }

    private void remember(int point) {
        if (size == moves.length) {
            System.arraycopy(moves, size / 2, moves, 0, size - size / 2);
            size -= size / 2;
        }
        moves[size++] = point;
    }
}
