package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionId;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * Events of one session, oldest first, stored in columns so that a month-long session fits into a small heap. The
 * list creates each event on access. Energy is in mWh, times are in microseconds since 1970.
 */
final class SessionEvents extends AbstractList<BilledEvent> implements RandomAccess {

    private final SessionId session;
    private Optional<Facts> facts = Optional.empty();
    private boolean disputed;
    private int size;
    private int[] position = new int[16];
    private long[] measuredFrom = new long[16];
    private long[] measuredAt = new long[16];
    private long[] energy = new long[16];
    private final BitSet held = new BitSet();
    private final BitSet sealed = new BitSet();

    // Events whose seal is loaded; only in sessions with sealed events.
    private final BitSet placed = new BitSet();
    private final BitSet settled = new BitSet();
    private long[] subscription = {};
    private long[] periodFrom = {};
    private long[] sealedAt = {};
    private long[] before = {};
    private long[] takenBack = {};

    SessionEvents(SessionId session) {
        this.session = session;
    }

    /**
     * What prices need to know of the session itself.
     *
     * @param stoppedAt empty while it runs, and for a session that vanished before it ended
     */
    record Facts(String chargeBox, Instant startedAt, Optional<Instant> stoppedAt, boolean isLive) {}

    SessionId session() {
        return session;
    }

    /** Facts of the session; empty if it does not exist. */
    Optional<Facts> facts() {
        return facts;
    }

    void facts(Facts known) {
        facts = Optional.of(known);
    }

    /** SteVe's energy is the larger number and no operator has decided: unsealed events do not count. */
    boolean isDisputed() {
        return disputed;
    }

    void disputed(boolean isDisputed) {
        disputed = isDisputed;
    }

    /**
     * @param counted energy less what later events of its session took back before sealing
     * @param sealing when it was sealed; empty if it is not
     */
    void add(int place, Instant from, Instant at, Energy counted, boolean isHeld, Optional<Instant> sealing) {
        if (size == position.length) {
            int longer = size + size / 2;
            position = Arrays.copyOf(position, longer);
            measuredFrom = Arrays.copyOf(measuredFrom, longer);
            measuredAt = Arrays.copyOf(measuredAt, longer);
            energy = Arrays.copyOf(energy, longer);
        }
        position[size] = place;
        measuredFrom[size] = microseconds(from);
        measuredAt[size] = microseconds(at);
        energy[size] = counted.milliwattHours();
        held.set(size, isHeld);
        if (sealing.isPresent()) {
            sealed.set(size);
            sealedAt = Arrays.copyOf(sealedAt, position.length);
            sealedAt[size] = microseconds(sealing.get());
        }
        size++;
    }

    boolean hasSealed() {
        return !sealed.isEmpty();
    }

    /** Place of a sealed event; see {@link BilledEvent.Seal}. */
    record Place(SubscriptionId subscription, Instant periodFrom, Energy before, Energy takenBack, boolean isSettled) {}

    /** Adds the place of a sealed event; ignores an event that was added or sealed after the others were read. */
    void seal(int position, Place place) {
        find(position).filter(sealed::get).ifPresent(index -> place(index, place));
    }

    private void place(int index, Place seal) {
        if (subscription.length < size) {
            subscription = new long[size];
            periodFrom = new long[size];
            before = new long[size];
            takenBack = new long[size];
        }
        placed.set(index);
        subscription[index] = seal.subscription().value();
        periodFrom[index] = microseconds(seal.periodFrom());
        before[index] = seal.before().milliwattHours();
        takenBack[index] = seal.takenBack().milliwattHours();
        settled.set(index, seal.isSettled());
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public BilledEvent get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        boolean isPlaced = placed.get(index);
        long taken = isPlaced ? takenBack[index] : 0;
        return new BilledEvent(
                session,
                position[index],
                instant(measuredFrom[index]),
                instant(measuredAt[index]),
                Energy.ofMilliwattHours(energy[index] - taken),
                held.get(index),
                sealed.get(index),
                isPlaced ? Optional.of(sealOf(index)) : Optional.empty());
    }

    private BilledEvent.Seal sealOf(int index) {
        return new BilledEvent.Seal(
                new SubscriptionId(subscription[index]),
                instant(periodFrom[index]),
                instant(sealedAt[index]),
                Energy.ofMilliwattHours(before[index]),
                Energy.ofMilliwattHours(takenBack[index]),
                settled.get(index));
    }

    /** Returns a view of some of the events, created on access. */
    List<BilledEvent> at(int[] indexes) {
        return new AbstractList<>() {

            @Override
            public BilledEvent get(int i) {
                return SessionEvents.this.get(indexes[i]);
            }

            @Override
            public int size() {
                return indexes.length;
            }
        };
    }

    /** Returns the index of the event with this position. */
    Optional<Integer> find(int place) {
        int index = Arrays.binarySearch(position, 0, size, place);
        return index < 0 ? Optional.empty() : Optional.of(index);
    }

    /** Returns whether the event takes a place in its billing period. */
    boolean isCounted(int index) {
        return !disputed || sealed.get(index);
    }

    /** Returns whether all events are sealed and no price is left to give back. */
    boolean isSettled() {
        return size > 0 && sealed.cardinality() == size && settled.cardinality() == size;
    }

    /** The latest instant of any event; empty without events. */
    Optional<Instant> until() {
        var latest = Arrays.stream(measuredAt, 0, size).max();
        return latest.isPresent() ? Optional.of(instant(latest.getAsLong())) : Optional.empty();
    }

    /** The earliest instant of any event's energy; empty without events. */
    Optional<Instant> from() {
        var earliest = Arrays.stream(measuredFrom, 0, size).min();
        return earliest.isPresent() ? Optional.of(instant(earliest.getAsLong())) : Optional.empty();
    }

    private static long microseconds(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static Instant instant(long microseconds) {
        return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
    }
}
