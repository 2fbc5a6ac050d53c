package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;

/**
 * Events of a session in columns, about fifty bytes each. As a list it creates each event on access. Quantities are in
 * thousandths (mWh, mW, 0.001 %), times are microseconds since 1970.
 */
final class EventTable extends AbstractList<MeterEvent> implements RandomAccess {

    static final long NO_POWER = -1;
    private static final int NO_CHARGE = -1;
    private static final byte DERIVED = 1;

    private final Instant startedAt;
    private final Energy startValue;
    private final boolean lastIsFinal;
    private int size;
    private long[] at = new long[16];
    private long[] meterTo = new long[16];
    private long[] delta = new long[16];
    private long[] power = new long[16];
    private int[] charge = new int[16];
    private byte[] flags = new byte[16];
    private byte[] marks = new byte[16];

    EventTable(Instant startedAt, Energy startValue, boolean lastIsFinal) {
        this.startedAt = startedAt;
        this.startValue = startValue;
        this.lastIsFinal = lastIsFinal;
    }

    void add(long instant, long meter, long energy, Set<ReadingFlag> remarkable) {
        if (size == at.length) {
            grow();
        }
        at[size] = instant;
        meterTo[size] = meter;
        delta[size] = energy;
        power[size] = NO_POWER;
        charge[size] = NO_CHARGE;
        for (var flag : remarkable) {
            flags[size] |= (byte) (1 << flag.ordinal());
        }
        size++;
    }

    void power(int event, long milliwatts, boolean derived) {
        power[event] = Math.max(0, milliwatts);
        marks[event] = derived ? DERIVED : 0;
    }

    void charge(int event, long thousandths) {
        charge[event] = (int) thousandths;
    }

    long at(int event) {
        return at[event];
    }

    long meterTo(int event) {
        return meterTo[event];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public MeterEvent get(int position) {
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException(position);
        }
        return new MeterEvent(
                position,
                position == 0 ? startedAt : MeterValues.instant(at[position - 1]),
                MeterValues.instant(at[position]),
                position == 0 ? startValue : Energy.ofMilliwattHours(meterTo[position - 1]),
                Energy.ofMilliwattHours(meterTo[position]),
                Energy.ofMilliwattHours(delta[position]),
                power[position] == NO_POWER ? Optional.empty() : Optional.of(Power.ofMilliwatts(power[position])),
                marks[position] == DERIVED,
                charge[position] == NO_CHARGE ? Optional.empty() : Optional.of(percent(charge[position])),
                flags(position),
                lastIsFinal && position == size - 1);
    }

    /** Percent, with as many decimals as needed. */
    static BigDecimal percent(long thousandths) {
        var plain = BigDecimal.valueOf(thousandths, 3).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private Set<ReadingFlag> flags(int position) {
        if (flags[position] == 0) {
            return Set.of();
        }
        var set = EnumSet.noneOf(ReadingFlag.class);
        for (var flag : ReadingFlag.values()) {
            if ((flags[position] & 1 << flag.ordinal()) != 0) {
                set.add(flag);
            }
        }
        return Set.copyOf(set);
    }

    private void grow() {
        int longer = size + size / 2 + 1;
        at = Arrays.copyOf(at, longer);
        meterTo = Arrays.copyOf(meterTo, longer);
        delta = Arrays.copyOf(delta, longer);
        power = Arrays.copyOf(power, longer);
        charge = Arrays.copyOf(charge, longer);
        flags = Arrays.copyOf(flags, longer);
        marks = Arrays.copyOf(marks, longer);
    }
}
