package express.polaris.billing.statements;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Session on a statement. On a correction it is the difference between what the session is now and what was stated.
 *
 * @param meterStop empty if SteVe has no stop value
 * @param energy of the session as it is now
 * @param rate per kWh
 * @param stated what earlier statements of the month have; empty if none has the session
 * @param amount rounded; all lines add up to the total
 */
public record StatementLine(
        SessionId session,
        String chargeBoxId,
        String chargerName,
        Instant startedAt,
        Instant endedAt,
        Energy meterStart,
        Optional<Energy> meterStop,
        MeterBasis basis,
        Energy energy,
        BigDecimal rate,
        ReimbursementRate.Kind rateKind,
        Optional<Stated> stated,
        BigDecimal amount) {

    /** Energy and rate on an earlier statement. */
    public record Stated(Energy energy, BigDecimal rate) {

        BigDecimal exactAmount() {
            return energy.kilowattHours().multiply(rate);
        }
    }

    /** What this line adds to the month's energy; negative if it takes energy back. */
    public Energy difference() {
        return stated.map(before -> energy.minus(before.energy())).orElse(energy);
    }

    /** Whether an earlier statement has the session at another rate. */
    public boolean isAtAnotherRate() {
        return stated.filter(before -> before.rate().compareTo(rate) != 0).isPresent();
    }

    /** What this line adds to the month's amount, unrounded. */
    BigDecimal exactAmount() {
        var now = energy.kilowattHours().multiply(rate);
        return stated.map(before -> now.subtract(before.exactAmount())).orElse(now);
    }

    StatementLine withAmount(BigDecimal rounded) {
        return new StatementLine(
                session,
                chargeBoxId,
                chargerName,
                startedAt,
                endedAt,
                meterStart,
                meterStop,
                basis,
                energy,
                rate,
                rateKind,
                stated,
                rounded);
    }

    /** Whether the session's facts, energy and rate are the same. */
    boolean saysTheSameAs(StatementLine other) {
        return startedAt.equals(other.startedAt)
                && endedAt.equals(other.endedAt)
                && meterStart.equals(other.meterStart)
                && meterStop.equals(other.meterStop)
                && basis == other.basis
                && energy.equals(other.energy)
                && rate.compareTo(other.rate) == 0
                && rateKind == other.rateKind;
    }
}
