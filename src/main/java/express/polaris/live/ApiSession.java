package express.polaris.live;

import express.polaris.cards.EvCard;
import express.polaris.chargers.Charger;
import express.polaris.chargers.Connector;
import express.polaris.metering.MeterStop;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.EnergyDecision;
import express.polaris.sessions.SessionNote;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session as JSON, word for word as in the API's description. Energy is in kWh with six decimals, power in kW with
 * three, registers in Wh.
 *
 * @param durationSeconds start to stop, or to now while live
 * @param powerKw the latest; null when not live
 * @param soc the latest, in percent; null when not live
 * @param measuredKwh along the path of the readings; null before the first read
 * @param steveKwh SteVe's stop value − start value; null while live, and where SteVe has no usable stop value
 * @param disputed the two do not agree and no operator has decided
 * @param energyDecision what an operator decided about the energy; null without a decision
 * @param charger null when unknown
 * @param invoice the number of the last invoice that has it
 * @param invoices the numbers of all that have it, oldest first
 */
public record ApiSession(
        long id,
        String status,
        boolean isLive,
        boolean isFinal,
        Optional<String> note,
        long revision,
        Instant startedAt,
        Optional<Instant> endedAt,
        long durationSeconds,
        Optional<Instant> lastReadingAt,
        BigDecimal energyKwh,
        Optional<BigDecimal> measuredKwh,
        Optional<BigDecimal> steveKwh,
        boolean disputed,
        Optional<DecisionPart> energyDecision,
        Optional<BigDecimal> averageKw,
        Optional<BigDecimal> powerKw,
        boolean powerDerived,
        Optional<Integer> soc,
        BigDecimal meterStartWh,
        Optional<BigDecimal> meterStopWh,
        Optional<String> stopReason,
        List<String> flags,
        Optional<ChargerPart> charger,
        Optional<CardPart> card,
        ApiCost cost,
        Optional<String> invoice,
        List<String> invoices) {

    private static final int KILOWATT_DECIMALS = 3;

    /** Where it takes place. */
    public record ChargerPart(
            String chargeBoxId,
            String name,
            Optional<String> publicId,
            int connectorId,
            Optional<String> connectorType,
            Optional<BigDecimal> maxKw) {

        static ChargerPart of(Charger charger, int connectorId) {
            var connector = charger.connector(connectorId);
            return new ChargerPart(
                    charger.id().value(),
                    charger.name(),
                    charger.publicId(),
                    connectorId,
                    connector.flatMap(Connector::type),
                    connector.flatMap(Connector::max).map(ApiSession::limit));
        }
    }

    /** The driver's card that it was charged with. */
    public record CardPart(long id, String label) {

        static CardPart of(EvCard card) {
            return new CardPart(card.id().value(), card.label());
        }
    }

    /**
     * What an operator decided about the energy.
     *
     * @param use {@code steve}, {@code measured} or {@code value}
     * @param reason in the operator's words
     */
    public record DecisionPart(String use, BigDecimal energyKwh, Instant decidedAt, String reason) {

        static DecisionPart of(EnergyDecision decision) {
            return new DecisionPart(
                    decision.use().wireName(),
                    decision.energy().kilowattHours(),
                    decision.decidedAt(),
                    decision.reason());
        }
    }

    static ApiSession of(
            ChargingSession session,
            Optional<EnergyDecision> decision,
            Optional<Charger> charger,
            Optional<EvCard> card,
            ApiCost cost,
            List<String> invoices,
            Instant now) {
        return new ApiSession(
                session.id().value(),
                session.status().wireName(),
                session.isLive(),
                session.isFinal(),
                session.note(now).map(SessionNote::wireName),
                session.revision(),
                session.startedAt(),
                session.endedAt(),
                session.duration(now).toSeconds(),
                session.meter().lastReadingAt(),
                session.energy().kilowattHours(),
                session.energies().measured().map(Energy::kilowattHours),
                session.steveEnergy().map(Energy::kilowattHours),
                session.energies().dispute().isPresent(),
                decision.map(DecisionPart::of),
                session.averagePower(now).map(ApiSession::kilowatts),
                session.meter().power().filter(power -> session.isLive()).map(ApiSession::kilowatts),
                session.isLive() && session.meter().powerDerived(),
                session.meter().soc().filter(soc -> session.isLive()).map(ApiSession::percent),
                register(session.startValue()),
                session.stop().flatMap(MeterStop::value).map(ApiSession::register),
                session.stop().flatMap(MeterStop::reason),
                session.flags().stream().sorted().toList(),
                charger.map(known -> ChargerPart.of(known, session.connectorId())),
                card.map(CardPart::of),
                cost,
                invoices.isEmpty() ? Optional.empty() : Optional.of(invoices.getLast()),
                invoices);
    }

    /** What a change of which is worth telling: without the revision, and without what moves with time or each reading. */
    ApiSession withoutWhatMovesByItself() {
        return new ApiSession(
                id,
                status,
                isLive,
                isFinal,
                note,
                0,
                startedAt,
                endedAt,
                0,
                Optional.empty(),
                energyKwh,
                measuredKwh,
                steveKwh,
                disputed,
                energyDecision,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                meterStartWh,
                meterStopWh,
                stopReason,
                flags,
                charger,
                card,
                cost,
                invoice,
                invoices);
    }

    static BigDecimal kilowatts(Power power) {
        return power.kilowatts().setScale(KILOWATT_DECIMALS, RoundingMode.HALF_UP);
    }

    /** A connector's limit, without decimals it does not need. */
    public static BigDecimal limit(Power power) {
        return ApiCost.plain(power.kilowatts());
    }

    static int percent(BigDecimal soc) {
        return soc.setScale(0, RoundingMode.HALF_UP).intValueExact();
    }

    private static BigDecimal register(Energy energy) {
        return ApiCost.plain(energy.wattHours());
    }
}
