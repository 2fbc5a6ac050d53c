package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Interpretation of SteVe's answer about one transaction: events, live reading, both energies, and the outcome of each
 * row.
 *
 * <p>A pure function of the complete answer. An answer with energy alone gives the same energy events as a full one. A
 * full one may have additional events of 0 kWh (power readings without energy), so positions differ. SteVe omits
 * intervals from answers with energy alone, so a charger that sends nothing else needs the full one. Later readings do
 * not lower the energy of a live session, unless they show that a counted reading is off the path.
 */
public final class MeterSeries {

    private static final int RECENT_GAPS = 10;
    private static final int FEWEST_GAPS = 2;

    /**
     * Latest values of the charger, whether or not they made an event.
     *
     * @param power measured, otherwise derived from the last two energy readings; never negative
     * @param soc latest state of charge in percent, 0 to 100
     * @param at instant of the latest reading of energy, power or state of charge within the session
     */
    public record LiveReading(
            Optional<Power> power, boolean powerDerived, Optional<BigDecimal> soc, Optional<Instant> at) {}

    private final RowLedger ledger;
    private final EventTable events;
    private final LiveReading live;
    private final Optional<Instant> heldUntil;
    private final Optional<Duration> samplingInterval;
    private final boolean unclosable;
    private final StationClock clock;
    private final Energy measured;
    private final Optional<Dispute> dispute;

    private MeterSeries(MeteredTransaction transaction, MeterValues values, Instant now) {
        ledger = new RowLedger(values);
        clock = new StationClock(transaction, values, now);
        var rows = new CountedRows(values, clock, true, ledger);
        var stopValue = Closing.stopValue(transaction);
        var energy = new EnergySeries(transaction, clock, rows, stopValue, ledger);
        var powers = Gauge.of(rows, Measurand.POWER, ledger);
        var charges = Gauge.of(rows, Measurand.STATE_OF_CHARGE, ledger);
        var timeline = new Timeline(transaction, clock, values, rows, energy, powers, ledger);
        events = timeline.write(charges);
        var recent = new Recent(rows, energy.indices(), powers, charges);
        samplingInterval = recent.samplingInterval();
        live = recent.live(timeline.lastDerivedPower());
        heldUntil = rows.heldUntil();
        unclosable = Closing.isImpossible(transaction);
        var along = readingsGoOn(transaction, values)
                ? new EnergySeries(
                        transaction,
                        clock,
                        new CountedRows(values, clock, false, new RowLedger(values)),
                        Optional.empty(),
                        new RowLedger(values))
                : energy;
        measured = Energy.ofMilliwattHours(along.track().total());
        dispute = Closing.steveEnergy(transaction)
                .flatMap(steve ->
                        Agreement.dispute(steve, measured, along.track().unmeasured(), along.step()));
    }

    /**
     * Whether readings follow a manual stop. The station may go on charging: such readings make no event, but count as
     * measured.
     */
    private boolean readingsGoOn(MeteredTransaction transaction, MeterValues values) {
        if (transaction.stop().filter(MeterStop::isManual).isEmpty()) {
            return false;
        }
        long stop = clock.stoppedAt().orElseThrow();
        for (int row = values.size() - 1; row >= 0; row--) {
            if (values.lane(row) >= 0 && clock.corrected(values.at(row)) > stop) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param values the complete answer, in any order
     * @param now reference time; readings more than five minutes ahead of it are held back
     */
    public static MeterSeries of(MeteredTransaction transaction, MeterValues values, Instant now) {
        return new MeterSeries(transaction, values, now);
    }

    /** By position, which is also by time. Each event is created on access. */
    public List<MeterEvent> events() {
        return events;
    }

    public LiveReading live() {
        return live;
    }

    /** Number of rows of the answer. */
    public int size() {
        return ledger.size();
    }

    /** Outcome of a row, by its index in the answer. */
    public RowOutcome outcome(int row) {
        return ledger.outcome(row);
    }

    /** One outcome per row, in the order of the answer. */
    public List<RowOutcome> rows() {
        return new AbstractList<>() {
            @Override
            public RowOutcome get(int row) {
                return ledger.outcome(row);
            }

            @Override
            public int size() {
                return ledger.size();
            }
        };
    }

    /** Earliest instant at which a held-back reading (more than five minutes ahead) will count. */
    public Optional<Instant> heldUntil() {
        return heldUntil;
    }

    /** Until when the station clock is ahead: of held-back readings, or else of the start. */
    public Optional<Instant> aheadUntil() {
        return heldUntil.or(clock::startAheadUntil);
    }

    /** Interval of the charger's readings, at least a second; empty with fewer than three readings. */
    public Optional<Duration> samplingInterval() {
        return samplingInterval;
    }

    /** Whether the transaction is stopped and has no closing event; it then has no final event either. */
    public boolean isUnclosable() {
        return unclosable;
    }

    /** Believed start of the session. */
    public Instant startedAt() {
        return MeterValues.instant(clock.startedAt());
    }

    /** Believed end: never before the start, and otherwise not after the stop was first seen; empty while live. */
    public Optional<Instant> endedAt() {
        return clock.endedAt().map(MeterValues::instant);
    }

    /** Whether the station clock was wrong: a time of the session is not the one that the station reported. */
    public boolean isClockWrong() {
        return clock.isWrong();
    }

    /** By how much the times of a clock that was never set are moved; empty if none was moved. */
    public Optional<Duration> clockShift() {
        return clock.shift();
    }

    /** Energy along the path of the readings, including readings after a manual stop. */
    public Energy measured() {
        return measured;
    }

    /**
     * How SteVe's energy and the measured one disagree; empty while live, if they agree, and without a usable stop
     * value.
     */
    public Optional<Dispute> dispute() {
        return dispute;
    }

    /** Whether energy readings were left out as outliers. */
    public boolean hasOutliers() {
        return ledger.has(Fate.OUTLIER);
    }

    /** Latest readings of all kinds. */
    private record Recent(CountedRows rows, int[] energies, Gauge powers, Gauge charges) {

        /** Median of the last ten gaps, which a triggered reading cannot move. */
        Optional<Duration> samplingInterval() {
            var times = new TreeSet<Long>();
            for (int i = energies.length - 1; i >= 0 && times.size() <= RECENT_GAPS; i--) {
                times.add(rows.at(energies[i]));
            }
            var ofPower = new TreeSet<Long>();
            for (int i = powers.size() - 1; i >= 0 && ofPower.size() <= RECENT_GAPS; i--) {
                ofPower.add(powers.at(i));
            }
            times.addAll(ofPower);
            while (times.size() > RECENT_GAPS + 1) {
                times.pollFirst();
            }
            var gaps = new long[Math.max(0, times.size() - 1)];
            int size = 0;
            long before = 0;
            for (long at : times) {
                if (at != times.first()) {
                    gaps[size++] = at - before;
                }
                before = at;
            }
            if (size < FEWEST_GAPS) {
                return Optional.empty();
            }
            Arrays.sort(gaps);
            return Optional.of(Duration.ofNanos(Math.max(1_000_000, gaps[size / 2]) * 1_000));
        }

        LiveReading live(Optional<Long> derived) {
            var measured = measuredPower();
            var power = measured.or(() -> derived);
            long latest = Long.MIN_VALUE;
            if (energies.length > 0) {
                latest = rows.at(energies[energies.length - 1]);
            }
            latest = Math.max(latest, powers.last().map(powers::at).orElse(latest));
            latest = Math.max(latest, charges.last().map(charges::at).orElse(latest));
            return new LiveReading(
                    power.map(milliwatts -> Power.ofMilliwatts(Math.max(0, milliwatts))),
                    measured.isEmpty() && derived.isPresent(),
                    charges.last().map(charges::quantity).map(EventTable::percent),
                    latest == Long.MIN_VALUE ? Optional.empty() : Optional.of(MeterValues.instant(latest)));
        }

        /** A measured power counts while it is newer than the second-to-last energy reading. */
        private Optional<Long> measuredPower() {
            if (powers.last().isEmpty()) {
                return Optional.empty();
            }
            long at = powers.at(powers.size() - 1);
            if (energies.length > 0 && at < rows.at(energies[energies.length - 1])) {
                long last = rows.at(energies[energies.length - 1]);
                int before = energies.length - 1;
                while (before >= 0 && rows.at(energies[before]) == last) {
                    before--;
                }
                if (before >= 0 && at <= rows.at(energies[before])) {
                    return Optional.empty();
                }
            }
            return Optional.of(powers.quantity(powers.size() - 1));
        }
    }
}
