package express.polaris.api.live;

import express.polaris.metering.MeterStop;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionNote;
import express.polaris.sessions.events.EnergyDecision;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.Connector;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Session as JSON; the names are those of the API documentation. Energy is in kWh with six decimals, power in kW with
 * three, registers in Wh.
 *
 * @param durationSeconds start to stop, or to now while live
 * @param powerKw latest power; null when not live or unknown
 * @param soc latest state of charge in percent; null when not live or unknown
 * @param measuredKwh energy measured along the readings; null before the first read
 * @param steveKwh SteVe's stop value − start value; null while live, and when SteVe has no usable stop value
 * @param disputed {@code measuredKwh} and {@code steveKwh} disagree, and no operator has decided
 * @param energyDecision an operator's decision about the energy; null without one
 * @param charger null when unknown
 * @param invoice number of the latest invoice with this session
 * @param invoices numbers of all invoices with this session, oldest first
 */
@Schema(name = "ApiSession")
public record SessionJson(
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
        CostJson cost,
        Optional<String> invoice,
        List<String> invoices) {

    private static final int KILOWATT_DECIMALS = 3;

    /** Charger and connector of the session. */
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
                    connector.flatMap(Connector::max).map(SessionJson::limit));
        }
    }

    /** Card that the session was started with. */
    public record CardPart(long id, String label) {

        static CardPart of(EvCard card) {
            return new CardPart(card.id().value(), card.label());
        }
    }

    /**
     * Operator's decision about the session's energy.
     *
     * @param use {@code steve}, {@code measured} or {@code value}
     * @param reason as the operator wrote it
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

    static SessionJson of(
            ChargingSession session,
            Optional<EnergyDecision> decision,
            Optional<Charger> charger,
            Optional<EvCard> card,
            CostJson cost,
            List<String> invoices,
            Instant now) {
        return new SessionJson(
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
                session.averagePower(now).map(SessionJson::kilowatts),
                session.meter().power().filter(power -> session.isLive()).map(SessionJson::kilowatts),
                session.isLive() && session.meter().powerDerived(),
                session.meter().soc().filter(soc -> session.isLive()).map(SessionJson::percent),
                register(session.startValue()),
                session.stop().flatMap(MeterStop::value).map(SessionJson::register),
                session.stop().flatMap(MeterStop::reason),
                session.flags().stream().sorted().toList(),
                charger.map(known -> ChargerPart.of(known, session.connectorId())),
                card.map(CardPart::of),
                cost,
                invoices.isEmpty() ? Optional.empty() : Optional.of(invoices.getLast()),
                invoices);
    }

    /**
     * Copy for detecting changes that are worth an event: blanks the revision and what changes with time or with each
     * reading.
     */
    SessionJson withoutWhatMovesByItself() {
        return new SessionJson(
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

    /** Maximum power of a connector in kW, without trailing zeros. */
    public static BigDecimal limit(Power power) {
        return CostJson.plain(power.kilowatts());
    }

    static int percent(BigDecimal soc) {
        return soc.setScale(0, RoundingMode.HALF_UP).intValueExact();
    }

    private static BigDecimal register(Energy energy) {
        return CostJson.plain(energy.wattHours());
    }
}
