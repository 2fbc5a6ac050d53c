package express.polaris.demo.simulator;

import express.polaris.demo.simulator.SimulatedTransaction.Open;
import express.polaris.demo.simulator.SimulatedTransaction.Stopped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Contents of SteVe's database, and the connected charge boxes. Thread-safe; reads never block.
 *
 * <p>Charge box ids and idTags compare ignoring case, as in SteVe's database. Unknown charge boxes and tags are created
 * when a transaction names them.
 */
public final class SteveWorld {

    private final Clock clock;
    private final Map<String, SimulatedChargeBox> chargeBoxes = new ConcurrentSkipListMap<>();
    private final Map<Integer, SimulatedTag> tags = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, SimulatedTransaction> transactions = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListSet<Long> active = new ConcurrentSkipListSet<>();
    private final Map<Long, MeterReadings> readings = new ConcurrentHashMap<>();
    private final Map<Long, List<SimulatedMeterValue>> storedReadings = new ConcurrentHashMap<>();
    private final AtomicLong highestId = new AtomicLong();
    private int highestTagPk;

    public SteveWorld(Clock clock) {
        this.clock = clock;
    }

    /** Current time of the clock that all answers follow. */
    public Instant now() {
        return clock.instant();
    }

    /** The charge box with that id; if SteVe does not know it, creates it online with an {@code ObedientStation}. */
    public synchronized SimulatedChargeBox chargeBox(String chargeBoxId) {
        return chargeBoxes.computeIfAbsent(
                fold(chargeBoxId),
                key -> new SimulatedChargeBox(
                        chargeBoxes.size() + 1, chargeBoxId, new ObedientStation(this, chargeBoxId)));
    }

    /** Changes the case of a charge box id for future transactions. */
    public synchronized void spellChargeBox(String chargeBoxId) {
        var known = chargeBox(chargeBoxId);
        chargeBoxes.put(
                fold(chargeBoxId),
                new SimulatedChargeBox(known.pk(), chargeBoxId, known.commands()).behaviour(known.behaviour()));
    }

    Optional<SimulatedChargeBox> findChargeBox(String chargeBoxId) {
        return Optional.ofNullable(chargeBoxes.get(fold(chargeBoxId)));
    }

    /** Registers a tag without limits. */
    public SimulatedTag addTag(String idTag) {
        return putTag(new SimulatedTag(0, idTag, Optional.empty(), Optional.empty(), -1, Optional.empty()));
    }

    /**
     * Adds the tag, or replaces the one with the same pk. A pk of 0 means a new tag.
     *
     * @throws IllegalStateException when another tag already has that idTag
     */
    public synchronized SimulatedTag putTag(SimulatedTag tag) {
        var sameIdTag = tag(tag.idTag());
        if (sameIdTag.isPresent() && sameIdTag.get().pk() != tag.pk()) {
            throw new IllegalStateException("The idTag '" + tag.idTag() + "' exists already.");
        }
        var added = tag.pk() != 0
                ? tag
                : new SimulatedTag(
                        ++highestTagPk,
                        tag.idTag(),
                        tag.parentIdTag(),
                        tag.expiryDate(),
                        tag.maxActiveTransactionCount(),
                        tag.note());
        tags.put(added.pk(), added);
        return added;
    }

    public Optional<SimulatedTag> tag(String idTag) {
        return tags.values().stream()
                .filter(tag -> tag.idTag().equalsIgnoreCase(idTag))
                .findFirst();
    }

    Optional<SimulatedTag> tag(int pk) {
        return Optional.ofNullable(tags.get(pk));
    }

    /** All tags, oldest first. */
    public List<SimulatedTag> tags() {
        return List.copyOf(tags.values());
    }

    /** Deletes the tag and, as in SteVe, its transactions. */
    public synchronized void deleteTag(String idTag) {
        tag(idTag).ifPresent(tag -> tags.remove(tag.pk()));
        transactions.values().stream()
                .filter(transaction -> transaction.idTag().equalsIgnoreCase(idTag))
                .map(SimulatedTransaction::id)
                .forEach(this::forgetTransaction);
    }

    /** Opens a transaction with the next id, and returns the id. */
    public long startTransaction(
            String chargeBoxId, int connectorId, String idTag, Instant startedAt, long startWattHours) {
        long id = highestId.incrementAndGet();
        startTransactionAs(id, chargeBoxId, connectorId, idTag, startedAt, startWattHours);
        return id;
    }

    /** Skips ids, as rolled-back inserts do in SteVe's database, and then opens a transaction. */
    public long addTransactionWithGap(
            int idsLeftOut, String chargeBoxId, int connectorId, String idTag, Instant startedAt, long startWattHours) {
        highestId.addAndGet(idsLeftOut);
        return startTransaction(chargeBoxId, connectorId, idTag, startedAt, startWattHours);
    }

    /**
     * Opens a transaction with a given id; does not advance the next id.
     *
     * @throws IllegalArgumentException when the id is taken
     */
    public synchronized void startTransactionAs(
            long id, String chargeBoxId, int connectorId, String idTag, Instant startedAt, long startWattHours) {
        if (tag(idTag).isEmpty()) {
            addTag(idTag);
        }
        var transaction = new SimulatedTransaction(
                id, chargeBox(chargeBoxId), connectorId, idTag, startedAt, startWattHours, Open.OPEN);
        if (transactions.putIfAbsent(id, transaction) != null) {
            throw new IllegalArgumentException("Transaction " + id + " exists already");
        }
        active.add(id);
    }

    /** Replaces the transaction's computed readings. */
    public void readings(long transactionId, MeterReadings source) {
        require(transactionId);
        readings.put(transactionId, source);
    }

    /** Stores a row in addition to the computed readings. Rows are neither checked nor de-duplicated. */
    public void addMeterValue(long transactionId, SimulatedMeterValue value) {
        addMeterValues(transactionId, List.of(value));
    }

    /** Stores rows in addition to the computed readings. Rows are neither checked nor de-duplicated. */
    public void addMeterValues(long transactionId, Collection<SimulatedMeterValue> values) {
        require(transactionId);
        storedReadings.compute(transactionId, (id, before) -> {
            var rows = new ArrayList<SimulatedMeterValue>();
            if (before != null) {
                rows.addAll(before);
            }
            rows.addAll(values);
            return List.copyOf(rows);
        });
    }

    /** All rows that SteVe has, ordered by station time, then by arrival. */
    public List<SimulatedMeterValue> meterValues(long transactionId) {
        return streamMeterValues(transactionId).toList();
    }

    /** Like {@link #meterValues}; lazy if the computed readings are in order and no rows are stored. */
    Stream<SimulatedMeterValue> streamMeterValues(long transactionId) {
        var source = readings.getOrDefault(transactionId, MeterReadings.NONE);
        var stored = storedReadings.getOrDefault(transactionId, List.of());
        return source.isInOrder() && stored.isEmpty()
                ? source.receivedBy(now())
                : Stream.concat(source.receivedBy(now()), stored.stream())
                        .sorted(Comparator.comparing(SimulatedMeterValue::timestamp));
    }

    /** Stores the stop and replaces an earlier one: SteVe lets a station's stop revise a manual one. */
    public synchronized void stopTransaction(
            long transactionId, Instant stoppedAt, long stopWattHours, Optional<String> reason, StopActor actor) {
        var stop = new Stopped(stoppedAt, stopWattHours, reason, actor);
        transactions.put(transactionId, require(transactionId).ended(stop));
        active.remove(transactionId);
    }

    /**
     * Performs SteVe's PATCH stop: ends the transaction at its last reading that is not below the start value, else at
     * the next start on that connector (its time and register), else at its own start. Does nothing to a stopped
     * transaction.
     */
    public void stopByHand(long transactionId) {
        var transaction = require(transactionId);
        if (!transaction.isActive()) {
            return;
        }
        var stop = lastPlausibleReading(transaction)
                .or(() -> nextStart(transaction))
                .orElseGet(() -> manualStop(transaction.startedAt(), transaction.startWattHours()));
        stopTransaction(transactionId, stop.at(), stop.wattHours(), stop.reason(), stop.actor());
        transaction.chargeBox().commands().closedByHand(transactionId, stop.at(), stop.wattHours());
    }

    private Optional<Stopped> lastPlausibleReading(SimulatedTransaction transaction) {
        return meterValues(transaction.id()).reversed().stream()
                .filter(SimulatedMeterValue::isEnergy)
                .filter(value -> value.phase().isEmpty())
                .map(value -> manualStop(value.timestamp(), wattHours(value)))
                .filter(stop -> stop.wattHours() >= transaction.startWattHours())
                .findFirst();
    }

    private Optional<Stopped> nextStart(SimulatedTransaction transaction) {
        return transactions.tailMap(transaction.id(), false).values().stream()
                .filter(next -> next.chargeBox() == transaction.chargeBox()
                        && next.connectorId() == transaction.connectorId()
                        && next.startedAt().isAfter(transaction.startedAt()))
                .min(Comparator.comparing(SimulatedTransaction::startedAt))
                .map(next -> manualStop(next.startedAt(), next.startWattHours()));
    }

    private static Stopped manualStop(Instant at, long wattHours) {
        return new Stopped(at, wattHours, Optional.empty(), StopActor.MANUAL);
    }

    private static long wattHours(SimulatedMeterValue value) {
        double number = Double.parseDouble(value.value());
        return Math.round(value.unit().orElse("Wh").equals("kWh") ? number * 1000 : number);
    }

    public Optional<SimulatedTransaction> transaction(long transactionId) {
        return Optional.ofNullable(transactions.get(transactionId));
    }

    /** All transactions, highest id first. */
    public Stream<SimulatedTransaction> transactions() {
        return transactions.descendingMap().values().stream();
    }

    /** All transactions without a stop, highest id first. */
    public Stream<SimulatedTransaction> activeTransactions() {
        return active.descendingSet().stream().map(this::transaction).flatMap(Optional::stream);
    }

    int activeTransactionCount(String idTag) {
        return Math.toIntExact(activeTransactions()
                .filter(transaction -> transaction.idTag().equalsIgnoreCase(idTag))
                .count());
    }

    boolean isBusy(String chargeBoxId, int connectorId) {
        return activeTransactions()
                .anyMatch(transaction -> transaction.chargeBox().id().equalsIgnoreCase(chargeBoxId)
                        && transaction.connectorId() == connectorId);
    }

    /** Highest id assigned so far. */
    public long highestId() {
        return highestId.get();
    }

    /** Advances the assigned ids to at least this one. */
    public void idsGivenOutUpTo(long id) {
        highestId.accumulateAndGet(id, Math::max);
    }

    /**
     * Simulates a reinstalled SteVe: removes all tags and transactions, and ids start at 1 again. Charge boxes stay.
     */
    public synchronized void forgetEverything() {
        tags.clear();
        transactions.clear();
        active.clear();
        readings.clear();
        storedReadings.clear();
        highestId.set(0);
        highestTagPk = 0;
    }

    /** Deletes a transaction and its readings. */
    public synchronized void forgetTransaction(long id) {
        transactions.remove(id);
        active.remove(id);
        readings.remove(id);
        storedReadings.remove(id);
    }

    private SimulatedTransaction require(long transactionId) {
        return transaction(transactionId)
                .orElseThrow(
                        () -> new NoSuchElementException("There is no transaction with id '" + transactionId + "'"));
    }

    private static String fold(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
