package express.polaris.console.transactions;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditReason;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.console.TypedText;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionReason;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.events.EnergyDecision.Use;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.units.Energy;
import express.polaris.web.WithoutSnapshot;
import express.polaris.web.views.ConsolePaths;
import express.polaris.web.views.SessionHead;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Decides the energy of a session: shows both energies and the effect of each, then records the decision. */
@Controller
class EnergyController {

    private final SessionService sessions;
    private final EnergyDecisionService decisions;
    private final EnergyViewBuilder views;
    private final EnergyEffects effects;
    private final ChargerService chargers;
    private final ConsolePages pages;
    private final Clock clock;

    EnergyController(
            SessionService sessions,
            EnergyDecisionService decisions,
            EnergyViewBuilder views,
            EnergyEffects effects,
            ChargerService chargers,
            ConsolePages pages,
            Clock clock) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.views = views;
        this.effects = effects;
        this.chargers = chargers;
        this.pages = pages;
        this.clock = clock;
    }

    @WithoutSnapshot
    @GetMapping("/operator/transactions/{id}/energy")
    ResponseEntity<byte[]> page(@PathVariable String id, @SignedInAccount Account operator, CsrfToken csrf) {
        return page(HttpStatus.OK, session(id), EnergyPage.Form.EMPTY, operator, csrf);
    }

    /**
     * @param show only preview the effect of the operator's own value
     */
    @PostMapping("/operator/transactions/{id}/energy")
    ResponseEntity<byte[]> decide(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String use,
            @RequestParam(defaultValue = "") String energyKwh,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean trust,
            @RequestParam(defaultValue = "false") boolean show,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var session = session(id);
        var faults = new FaultCollector();
        var chosen = show ? Optional.of(Use.VALUE) : Use.ofWireName(use);
        var value = typed(energyKwh);
        faults.require(chosen.isPresent(), "use", SessionReason.USE.with());
        if (chosen.filter(Use.VALUE::equals).isPresent()) {
            faults.require(value.isPresent(), "energyKwh", SessionReason.ENERGY.with());
        }
        var why = show ? "" : AuditReason.of(reason, faults);
        var form = new EnergyPage.Form(
                chosen.map(Use::wireName).orElse(""),
                energyKwh,
                reason,
                trust,
                pages.refusals(operator).faults(faults.list()));
        if (!form.faults().isEmpty() || show) {
            return page(
                    form.faults().isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT,
                    session,
                    form,
                    operator,
                    csrf);
        }
        try {
            decisions.decide(operator.id(), session.id(), chosen.orElseThrow(), value, why);
            if (trust && chosen.get() == Use.STEVE) {
                decisions.trust(operator.id(), session.chargeBoxId(), why);
            }
            return TransactionController.seeOther(session.id(), "decided");
        } catch (Conflict refused) {
            var words = pages.refusals(operator).faults(refused);
            return page(
                    HttpStatus.CONFLICT,
                    session,
                    new EnergyPage.Form(use, energyKwh, reason, trust, words),
                    operator,
                    csrf);
        }
    }

    private static Optional<Energy> typed(String energyKwh) {
        return TypedText.decimal(energyKwh)
                .filter(number -> number.stripTrailingZeros().scale() <= 6)
                .map(Energy::ofKilowattHours)
                .filter(EnergyDecisionService::isCredible);
    }

    private ChargingSession session(String id) {
        return SessionId.parse(id).flatMap(sessions::find).orElseThrow(NotFound::new);
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status, ChargingSession session, EnergyPage.Form form, Account operator, CsrfToken csrf) {
        if (session.isLive()) {
            return TransactionController.seeOther(session.id(), "live");
        }
        var shell = pages.shell(operator, csrf, "nav.console.transactions");
        var evidence = new DisputeEvidence(session, sessions.eventCount(session.id()));
        sessions.forEachEvent(session.id(), evidence::add);
        var page = new EnergyPage(
                shell,
                SessionHead.forOperator(session, clock.instant()),
                views.of(session, evidence.events(), shell.texts(), shell.format()),
                chargers.find(session.chargeBoxId())
                        .map(Charger::name)
                        .orElseGet(() -> session.chargeBoxId().value()),
                ConsolePaths.charger(session.chargeBoxId()),
                decisions.trustIn(session.chargeBoxId()).isPresent(),
                effects.invoices(session),
                choices(session, form),
                evidence.curve(shell.texts(), shell.format()),
                form);
        return pages.render(status, "console/energy.jte", page);
    }

    /** Omits SteVe's energy or the measured energy if the session has none. */
    private List<EnergyPage.Choice> choices(ChargingSession session, EnergyPage.Form form) {
        return Arrays.stream(Use.values())
                .map(use -> choice(
                        session,
                        use,
                        switch (use) {
                            case STEVE -> session.steveEnergy();
                            case MEASURED -> session.energies().measured();
                            case VALUE -> typed(form.energyKwh());
                        }))
                .filter(choice -> choice.use() == Use.VALUE || choice.energy().isPresent())
                .toList();
    }

    private EnergyPage.Choice choice(ChargingSession session, Use use, Optional<Energy> energy) {
        return new EnergyPage.Choice(use, energy, energy.flatMap(number -> effects.of(session, number)));
    }
}
