package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.metering.Dispute;
import express.polaris.metering.MeterStop;
import express.polaris.metering.ReadingFlag;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A session: a SteVe transaction as the portal keeps it.
 *
 * @param card the owner's card for the idTag; empty if the idTag had no owner at the start, or if an operator moved the
 *     session to a driver without such a card
 * @param startedAt believed start: the station clock, or its replacement if that is wrong (flag {@code clock})
 * @param stop SteVe's stop with the believed end time; empty while live, and for a transaction that vanished before it
 *     ended
 * @param isLive whether the transaction is active in SteVe
 * @param isFinal whether the latest event is the final meter reading
 * @param energy sum of its events: the energy that counts
 * @param energies measured energy, dispute and decision
 * @param flags of the session and of its events, by wire name
 * @param closingFault why a closed session has no closing event
 * @param lastMeasuredAt time of its latest event (meter time)
 * @param lastReadAt when the last applied answer was requested (portal clock)
 * @param goneFromSteveAt when the transaction was found to have vanished from SteVe
 * @param revision raised with every visible change
 */
public record ChargingSession(
        SessionId id,
        ChargeBoxId chargeBoxId,
        int connectorId,
        IdTag idTag,
        Optional<EvCardId> card,
        Optional<AccountId> driver,
        Instant startedAt,
        Energy startValue,
        Optional<MeterStop> stop,
        boolean isLive,
        boolean isFinal,
        Energy energy,
        SessionEnergies energies,
        SessionMeter meter,
        Set<String> flags,
        Optional<ClosingFault> closingFault,
        Optional<Instant> lastMeasuredAt,
        Optional<Instant> lastReadAt,
        Optional<Instant> goneFromSteveAt,
        long revision) {

    private static final Power IDLE_BELOW = Power.ofWatts(100);
    private static final Duration SILENT_BEFORE_LEARNT = Duration.ofMinutes(15);

    /**
     * Grace period after the last reading: an unwatched session is read at most twice a minute, so SteVe may hold an
     * unread reading.
     */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    public SessionStatus status() {
        return SessionStatus.of(isLive, isFinal);
    }

    /** Note to show beside the status. */
    public Optional<SessionNote> note(Instant now) {
        if (isHeldForDecision()) {
            return Optional.of(SessionNote.CHECKING);
        }
        if (status() == SessionStatus.COMPLETED) {
            return Optional.empty();
        }
        if (!isLive) {
            return Optional.of(SessionNote.AWAITING_FINAL_READING);
        }
        if (meter.aheadUntil().filter(now::isBefore).isPresent()) {
            return Optional.of(SessionNote.STATION_CLOCK);
        }
        if (isSilent(now)) {
            return Optional.of(SessionNote.SILENT);
        }
        return Optional.of(isIdle() ? SessionNote.IDLE : SessionNote.CHARGING);
    }

    /** Whether the session has no price until an operator decides, because SteVe's energy is the larger one. */
    public boolean isHeldForDecision() {
        return energies.dispute().filter(Dispute.STEVE_LARGER::equals).isPresent();
    }

    /**
     * Whether an operator can confirm a jump: the session is live and its register rose by more than its connector can
     * deliver.
     */
    public boolean hasJump() {
        return isLive && flags.contains(ReadingFlag.IMPLAUSIBLE.wireName());
    }

    /**
     * SteVe's energy, stop value − start value; empty while live, and if the stop value is missing or below the start
     * value.
     */
    public Optional<Energy> steveEnergy() {
        return stop.flatMap(MeterStop::value)
                .map(value -> value.minus(startValue))
                .filter(energy -> !energy.isNegative());
    }

    /** SteVe's stop value; empty while live, and if it is missing. */
    public Optional<Energy> stopValue() {
        return stop.flatMap(MeterStop::value);
    }

    /** End of the session; empty while live. Without a stop, the time of the latest event, else the start. */
    public Optional<Instant> endedAt() {
        if (isLive) {
            return Optional.empty();
        }
        return stop.map(MeterStop::at).or(() -> lastMeasuredAt).or(() -> Optional.of(startedAt));
    }

    /**
     * Time from the start to the end, or to {@code now} while live; never negative, even if the station clock is
     * wrong.
     */
    public Duration duration(Instant now) {
        var duration = Duration.between(startedAt, endedAt().orElse(now));
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** Energy over duration; empty if the duration is zero. */
    public Optional<Power> averagePower(Instant now) {
        var duration = duration(now);
        return duration.isPositive() ? Optional.of(Power.mean(energy, duration)) : Optional.empty();
    }

    /** Average power for display; empty while an operator has to decide the energy. */
    public Optional<Power> shownAveragePower(Instant now) {
        return isHeldForDecision() ? Optional.empty() : averagePower(now);
    }

    /** A reading counts as missing only after SteVe was asked for it without result, or after the grace period. */
    private boolean isSilent(Instant now) {
        var last = meter.lastReadingAt().orElse(startedAt);
        var missing = last.plus(meter.samplingInterval()
                .map(interval -> interval.multipliedBy(3))
                .orElse(SILENT_BEFORE_LEARNT));
        boolean askedInVain = lastReadAt.filter(missing::isBefore).isPresent();
        return now.isAfter(missing) && (askedInVain || now.isAfter(last.plus(BETWEEN_LOOKS)));
    }

    private boolean isIdle() {
        boolean lowPower =
                meter.power().filter(power -> power.compareTo(IDLE_BELOW) < 0).isPresent();
        // A derived power holds until the next register step is due; a coarse register moves only now and then.
        boolean derived = meter.powerDerived() && !lowPower;
        boolean noEnergy = !derived
                && meter.samplingInterval()
                        .flatMap(interval -> meter.lastReadingAt()
                                .map(last ->
                                        Duration.between(meter.lastEnergyAt().orElse(startedAt), last)
                                                        .compareTo(interval.multipliedBy(2))
                                                >= 0))
                        .orElse(false);
        return lowPower || noEnergy;
    }
}
