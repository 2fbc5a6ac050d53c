package express.polaris.portal.sessions;

import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.TierShare;
import express.polaris.documents.Format;
import express.polaris.metering.MeterStop;
import express.polaris.portal.CardView;
import express.polaris.portal.ChargerView;
import express.polaris.portal.CostView;
import express.polaris.portal.TimelineView;
import express.polaris.sessions.ChargingCourse;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.stations.chargers.Connector;
import express.polaris.units.Interval;
import express.polaris.web.views.CostLineWords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Builds the views of a session. */
@Component
public class SessionViewBuilder {

    private final ChargerService chargers;
    private final CardService cards;
    private final EnergyDecisionService decisions;

    SessionViewBuilder(ChargerService chargers, CardService cards, EnergyDecisionService decisions) {
        this.chargers = chargers;
        this.cards = cards;
        this.decisions = decisions;
    }

    /** The operators' check of the session's energy; empty for most sessions. */
    Optional<SessionPage.Word> word(ChargingSession session) {
        return session.isHeldForDecision()
                ? Optional.of(new SessionPage.Word.Checking(session.energy()))
                : decisions
                        .of(session)
                        .map(decision -> new SessionPage.Word.Decided(decision.energy(), decision.reason()));
    }

    public ChargerView charger(ChargingSession session) {
        var charger = chargers.find(session.chargeBoxId());
        var connector = charger.flatMap(known -> known.connector(session.connectorId()));
        return new ChargerView(
                session.chargeBoxId().value(),
                charger.flatMap(SessionViewBuilder::friendlyName),
                charger.flatMap(Charger::publicId),
                session.connectorId(),
                connector.flatMap(Connector::type),
                connector.flatMap(Connector::max));
    }

    Optional<CardView> card(ChargingSession session) {
        return session.driver()
                .flatMap(driver -> session.card().flatMap(card -> cards.label(driver, card)))
                .map(card -> new CardView(card.label(), card.colour()));
    }

    SessionPage.Totals totals(ChargingSession session, Instant now) {
        return new SessionPage.Totals(session.energy(), session.duration(now), session.shownAveragePower(now));
    }

    public Optional<TimelineView.Measured> power(ChargingSession session) {
        return session.meter()
                .power()
                .map(power -> new TimelineView.Measured(power, session.meter().powerDerived()));
    }

    public Optional<Integer> soc(ChargingSession session) {
        return session.meter().soc().map(SessionViewBuilder::percent);
    }

    /**
     * @param gaps why it is unknown, in the reader's words
     * @param invoices numbers of the invoices that contain it, oldest first
     */
    CostView cost(
            SessionCost cost, List<TierShare> tiers, List<String> gaps, List<String> invoices, CostLineWords words) {
        var format = words.format();
        return new CostView(
                sum(cost),
                words.of(cost.lines()),
                cost.isSplit(),
                tiers.stream()
                        .map(tier -> new CostView.Tier(
                                period(tier.period(), format), tier.above(), tier.upTo(), tier.before(), tier.energy()))
                        .toList(),
                gaps,
                invoices);
    }

    /**
     * Stop reason as named in OCPP 1.6, 7.36. A station may omit {@code Local}. A manual stop in SteVe has no reason
     * and becomes {@code Manual}.
     */
    static Optional<String> stopReason(MeterStop stop) {
        return stop.reason().or(() -> stop.actor().map(actor -> actor.equalsIgnoreCase("manual") ? "Manual" : "Local"));
    }

    /** Omits the average power while an operator has to decide the energy. */
    static SessionPage.Course course(ChargingSession session, ChargingCourse course) {
        return new SessionPage.Course(
                course.charging(),
                course.average().filter(power -> !session.isHeldForDecision()),
                course.peak().map(peak -> new TimelineView.Measured(peak.power(), peak.derived())));
    }

    public CostView.Sum sum(SessionCost cost) {
        return new CostView.Sum(
                cost.amounts(),
                switch (cost.coverage()) {
                    case INCLUDED -> CostView.Coverage.INCLUDED;
                    case BILLED -> CostView.Coverage.BILLED;
                    case UNKNOWN -> CostView.Coverage.UNKNOWN;
                },
                cost.estimate());
    }

    private static CostView.Period period(Interval period, Format format) {
        return new CostView.Period(
                period.from().atZone(format.zone()).toLocalDate(),
                period.to().minusNanos(1).atZone(format.zone()).toLocalDate());
    }

    private static Optional<String> friendlyName(Charger charger) {
        return Optional.of(charger.name())
                .filter(name -> !name.isBlank() && !name.equals(charger.id().value()));
    }

    static int percent(BigDecimal soc) {
        return soc.setScale(0, RoundingMode.HALF_UP).intValueExact();
    }
}
