package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.cards.EvCardId;
import express.polaris.cards.IdTag;
import express.polaris.chargers.ChargeBoxId;
import express.polaris.metering.Dispute;
import express.polaris.metering.MeterStop;
import express.polaris.metering.ReadingFlag;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A SteVe transaction seen by Polaris.
 *
 * @param card the EV card whose charge it was at its start; empty when the tag belonged to nobody
 * @param startedAt by the station's clock, or the first sight of it where the station has none (flag {@code clock})
 * @param stop what SteVe says of its end; empty while live, and for a transaction that vanished before it ended
 * @param isLive SteVe still considers the transaction active
 * @param isFinal the latest event is the final meter reading
 * @param energy the sum of its events: the number that counts
 * @param energies what else is known about its energy
 * @param flags of the session and of its events, by wire name
 * @param closingFault why a closed session has no closing event
 * @param lastMeasuredAt the instant of its latest event
 * @param lastReadAt when SteVe last answered about this session
 * @param goneFromSteveAt when it was found to have vanished from SteVe
 * @param revision raised with every change
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

    /** SteVe is asked for a session at least this often, unless it has nothing to tell. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    public SessionStatus status() {
        return SessionStatus.of(isLive, isFinal);
    }

    /** What is worth saying beside the status. */
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

    /** Whether nothing of it is priced until an operator decides: SteVe's number is the larger one. */
    public boolean isHeldForDecision() {
        return energies.dispute().filter(Dispute.STEVE_LARGER::equals).isPresent();
    }

    /** Whether its register rose by more than its connector can deliver, and it is live: an operator can confirm it. */
    public boolean hasJump() {
        return isLive && flags.contains(ReadingFlag.IMPLAUSIBLE.wireName());
    }

    /** SteVe's number, stop value − start value; empty while it is live, and for a stop value below the start value. */
    public Optional<Energy> steveEnergy() {
        return stop.flatMap(MeterStop::value)
                .map(value -> value.minus(startValue))
                .filter(energy -> !energy.isNegative());
    }

    /** When it ended, by the meter; empty while it is live. */
    public Optional<Instant> endedAt() {
        if (isLive) {
            return Optional.empty();
        }
        return stop.map(MeterStop::at).or(() -> lastMeasuredAt).or(() -> Optional.of(startedAt));
    }

    /** From the start to the end, or to now while live; never negative, whatever the station's clock says. */
    public Duration duration(Instant now) {
        var duration = Duration.between(startedAt, endedAt().orElse(now));
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** Energy over duration; empty for a session that took no time. */
    public Optional<Power> averagePower(Instant now) {
        var duration = duration(now);
        return duration.isPositive() ? Optional.of(Power.mean(energy, duration)) : Optional.empty();
    }

    /** The average power as people are shown it: none is worked out from an energy that an operator has to decide on. */
    public Optional<Power> shownAveragePower(Instant now) {
        return isHeldForDecision() ? Optional.empty() : averagePower(now);
    }

    /** A reading that nobody has asked for yet is not missing. */
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
        // A derived power holds until the register should have moved, which a coarse one does only now and then.
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
