package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.console.ConsoleReason;
import express.polaris.console.TypedText;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.statistics.ChargingStatistics;
import express.polaris.sessions.statistics.ChargingStatistics.Activity;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerEdit;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.stations.chargers.OperatorChargers;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.PathId;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Charge boxes: the list, adding one by hand, and editing one. */
@Controller
class ConsoleChargerController {

    private static final String ACTIVE = "nav.console.chargers";
    private static final String LIST = "console/chargers/list.jte";
    private static final String EDIT = "console/chargers/charger.jte";
    private static final int ROWS = 50;

    private static final List<String> TYPES = List.of("type1", "type2", "ccs1", "ccs2", "chademo", "nacs", "schuko");

    private final ChargerService chargers;
    private final OperatorChargers changes;
    private final ChargingStatistics statistics;
    private final UtilisationService utilisations;
    private final LabelBuilder labels;
    private final ChargerTrusts trusts;
    private final ConsolePages pages;
    private final Clock clock;

    ConsoleChargerController(
            ChargerService chargers,
            OperatorChargers changes,
            ChargingStatistics statistics,
            UtilisationService utilisations,
            LabelBuilder labels,
            ChargerTrusts trusts,
            ConsolePages pages,
            Clock clock) {
        this.chargers = chargers;
        this.changes = changes;
        this.statistics = statistics;
        this.utilisations = utilisations;
        this.labels = labels;
        this.trusts = trusts;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * @param q part of an id, a name, a public id or a location
     * @param after last charge box id of the previous page
     */
    @GetMapping("/operator/chargers")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var page = page(q.strip(), after, ChargerListPage.NewCharger.EMPTY, FieldFaults.NONE, operator, csrf);
        return pages.render(LIST, page);
    }

    /** Adds a charge box that has not been seen yet. */
    @PostMapping("/operator/chargers")
    ResponseEntity<?> add(
            @RequestParam(defaultValue = "") String chargeBoxId,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String location,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var form = new ChargerListPage.NewCharger(chargeBoxId, name, location);
        var id = ChargeBoxId.parse(chargeBoxId);
        var edit = new ChargerEdit(
                name.isBlank() ? chargeBoxId : name,
                Optional.empty(),
                location,
                List.of(new ChargerEdit.ConnectorEdit(1, Optional.empty(), Optional.empty())));
        try {
            var charger = changes.add(
                    operator.id(),
                    id.orElseThrow(() ->
                            InvalidInput.of("chargeBoxId", ConsoleReason.CHARGE_BOX_ID.with(ChargeBoxId.LONGEST))),
                    edit);
            return AfterForm.seeOther(ConsolePaths.charger(charger.id()) + "?done=added");
        } catch (InvalidInput | Conflict refused) {
            var faults = pages.refusals(operator).faults(refused, "chargeBoxId");
            var page = page("", "", form, faults, operator, csrf);
            return pages.render(HttpStatusCode.valueOf(refused.status()), LIST, page);
        }
    }

    @GetMapping("/operator/chargers/{chargeBoxId}")
    ResponseEntity<byte[]> charger(
            @PathVariable PathId chargeBoxId,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var charger = existing(chargeBoxId);
        return edit(HttpStatus.OK, charger, ChargerForm.of(charger), FieldFaults.NONE, done, operator, csrf);
    }

    /** Saves the form. The buttons that add or remove a connector row post the same form and only redisplay it. */
    @PostMapping("/operator/chargers/{chargeBoxId}")
    ResponseEntity<?> change(
            @PathVariable PathId chargeBoxId,
            @RequestParam MultiValueMap<String, String> sent,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var charger = existing(chargeBoxId);
        var typed = ChargerForm.of(sent);
        if (sent.containsKey("addRow")) {
            return edit(HttpStatus.OK, charger, typed.withRow(), FieldFaults.NONE, "", operator, csrf);
        }
        if (sent.containsKey("removeRow")) {
            var less = typed.withoutRow(TypedText.first(sent, "removeRow"));
            return edit(HttpStatus.OK, charger, less, FieldFaults.NONE, "", operator, csrf);
        }
        var form = typed.withoutEmptyRows();
        try {
            changes.put(operator.id(), charger.id(), form.edit());
            return AfterForm.seeOther(ConsolePaths.charger(charger.id()) + "?done=saved");
        } catch (InvalidInput | Conflict refused) {
            var faults = pages.refusals(operator).faults(refused, "publicId");
            return edit(HttpStatusCode.valueOf(refused.status()), charger, form, faults, "", operator, csrf);
        }
    }

    /** Ends the trust in SteVe's energy: both energies of the charger's sessions are compared again. */
    @PostMapping("/operator/chargers/{chargeBoxId}/distrust")
    ResponseEntity<?> distrust(@PathVariable PathId chargeBoxId, @SignedInAccount Account operator) {
        var charger = existing(chargeBoxId);
        trusts.end(operator.id(), charger.id());
        return AfterForm.seeOther(ConsolePaths.charger(charger.id()) + "?done=distrusted");
    }

    private ChargerListPage page(
            String query,
            String after,
            ChargerListPage.NewCharger form,
            FieldFaults faults,
            Account operator,
            CsrfToken csrf) {
        var order = Comparator.comparing((Charger charger) -> key(charger.id()));
        var found = chargers.list().stream()
                .filter(charger -> matches(charger, query.toLowerCase(Locale.ROOT)))
                .sorted(order)
                .filter(charger -> key(charger.id()).compareTo(after.toLowerCase(Locale.ROOT)) > 0)
                .limit(ROWS + 1L)
                .toList();
        var shown = found.subList(0, Math.min(ROWS, found.size()));
        var activity = statistics.activity(
                shown.stream().map(Charger::id).toList(),
                clock.instant().minus(Duration.ofDays(UtilisationService.DAYS)));
        var next = new TreeMap<>(Map.of("q", query));
        if (found.size() > ROWS) {
            next.put("after", shown.getLast().id().value());
        }
        return new ChargerListPage(
                pages.shell(operator, csrf, ACTIVE),
                query,
                shown.stream()
                        .map(charger -> new ChargerListPage.Row(
                                ConsolePaths.charger(charger.id()),
                                charger,
                                activity.getOrDefault(charger.id(), Activity.NONE)))
                        .toList(),
                found.size() > ROWS ? Optional.of(ConsolePaths.with("/operator/chargers", next)) : Optional.empty(),
                form,
                faults);
    }

    private ResponseEntity<byte[]> edit(
            HttpStatusCode status,
            Charger charger,
            ChargerForm form,
            FieldFaults faults,
            String done,
            Account operator,
            CsrfToken csrf) {
        Shell shell = pages.shell(
                operator, csrf, ACTIVE, AfterForm.success(done, "console.charger.done.", Texts.of(operator.locale())));
        var since = clock.instant().minus(Duration.ofDays(UtilisationService.DAYS));
        var page = new ChargerEditPage(
                shell,
                ConsolePaths.charger(charger.id()),
                charger,
                statistics.activity(List.of(charger.id()), since).getOrDefault(charger.id(), Activity.NONE),
                form,
                faults,
                TYPES,
                labels.of(charger, shell.texts()),
                utilisations.of(charger, shell.texts(), shell.format()),
                trusts.of(charger.id()));
        return pages.render(status, EDIT, page);
    }

    private Charger existing(PathId id) {
        return ChargeBoxId.parse(id.text()).flatMap(chargers::find).orElseThrow(NotFound::new);
    }

    private static boolean matches(Charger charger, String query) {
        var texts = new ArrayList<>(List.of(charger.name(), charger.id().value(), charger.location()));
        charger.publicId().ifPresent(texts::add);
        return texts.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(query));
    }

    private static String key(ChargeBoxId id) {
        return id.value().toLowerCase(Locale.ROOT);
    }
}
