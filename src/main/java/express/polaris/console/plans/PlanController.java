package express.polaris.console.plans;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.PlanVersion;
import express.polaris.billing.tariffs.PriceSeriesService;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.console.ConsolePages;
import express.polaris.console.TypedText;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.settings.Settings;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.PathId;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

/** Plans: the list and the editor, which previews prices before a plan is saved. */
@Controller
class PlanController {

    private static final String ACTIVE = "nav.console.plans";
    private static final String EDITOR = "console/plans/editor.jte";
    private static final int ROWS = 50;

    private final PlanService plans;
    private final OperatorBilling changes;
    private final PlanWords words;
    private final PlanExamples examples;
    private final PlanJson json;
    private final Settings settings;
    private final TariffService tariffs;
    private final PriceSeriesService series;
    private final ConsolePages pages;

    PlanController(
            PlanService plans,
            OperatorBilling changes,
            PlanWords words,
            PlanExamples examples,
            PlanJson json,
            Settings settings,
            TariffService tariffs,
            PriceSeriesService series,
            ConsolePages pages) {
        this.plans = plans;
        this.changes = changes;
        this.words = words;
        this.examples = examples;
        this.json = json;
        this.settings = settings;
        this.tariffs = tariffs;
        this.series = series;
        this.pages = pages;
    }

    /** Content of the editor. */
    private record Draft(
            List<PlanVersion> versions, Optional<PlanForm> form, String json, boolean asJson, String quantity) {

        List<Fault> conflicts() {
            return asJson ? List.of() : form.map(PlanForm::conflicts).orElse(List.of());
        }
    }

    /**
     * @param after last plan code of the previous page
     */
    @GetMapping("/operator/plans")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String after, @SignedInAccount Account operator, CsrfToken csrf) {
        var found = plans.page(Optional.of(after).filter(code -> code.indexOf('\0') < 0), ROWS + 1);
        var shown = found.subList(0, Math.min(found.size(), ROWS));
        var versions = plans.versions(shown.stream().map(Plan::code).toList()).stream()
                .collect(Collectors.groupingBy(version -> version.plan().code()));
        var shell = shell(operator, csrf, "");
        var page = new PlanListPage(
                shell,
                shown.stream()
                        .map(plan -> new PlanListPage.Row(
                                ConsolePaths.plan(plan.code()),
                                plan,
                                versions.getOrDefault(plan.code(), List.of()),
                                words.charges(plan, shell.texts(), shell.format())))
                        .toList(),
                found.size() > ROWS
                        ? Optional.of(ConsolePaths.with(
                                "/operator/plans",
                                new TreeMap<>(Map.of("after", shown.getLast().code()))))
                        : Optional.empty());
        return pages.render("console/plans/list.jte", page);
    }

    @GetMapping("/operator/plans/new")
    ResponseEntity<byte[]> fresh(
            @RequestParam(defaultValue = "") String tab, @SignedInAccount Account operator, CsrfToken csrf) {
        var form = PlanForm.empty(settings.currency());
        var draft = new Draft(List.of(), Optional.of(form), json.example(settings.currency()), tab.equals("json"), "");
        return editor(HttpStatus.OK, draft, FieldFaults.NONE, shell(operator, csrf, ""));
    }

    @GetMapping("/operator/plans/{code}")
    ResponseEntity<byte[]> plan(
            @PathVariable PathId code,
            @RequestParam(defaultValue = "") String tab,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var versions = plans.versions(List.of(code.text()));
        var latest = versions.stream().findFirst().map(PlanVersion::plan).orElseThrow(NotFound::new);
        var form = PlanForm.of(latest, json.savedCharges(latest));
        var draft = new Draft(versions, form, json.of(latest), tab.equals("json") || form.isEmpty(), "");
        return editor(HttpStatus.OK, draft, FieldFaults.NONE, shell(operator, csrf, done));
    }

    /** Saves the plan. The buttons for tier rows and the preview post the same form and only redisplay it. */
    @PostMapping("/operator/plans")
    ResponseEntity<?> save(
            @RequestParam MultiValueMap<String, String> sent, @SignedInAccount Account operator, CsrfToken csrf) {
        var draft = draft(sent);
        var shell = shell(operator, csrf, "");
        if (sent.containsKey("addRow") || sent.containsKey("removeRow") || sent.containsKey("preview")) {
            return editor(HttpStatus.OK, draft, FieldFaults.NONE, shell);
        }
        var plan = read(draft);
        if (plan.isEmpty()) {
            return editor(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    draft,
                    pages.refusals(operator).faults(PlanJson.unreadable()),
                    shell);
        }
        try {
            refuseConflicts(draft, plan.get());
            var saved = changes.savePlan(operator.id(), plan.get());
            return AfterForm.seeOther(ConsolePaths.plan(saved.code()) + "?done=saved");
        } catch (InvalidInput | Conflict refused) {
            var faults = pages.refusals(operator)
                    .faults(draft.form()
                            .map(form -> PlanFormFaults.named(refused, form))
                            .orElse(refused));
            return editor(HttpStatusCode.valueOf(refused.status()), draft, faults, shell);
        }
    }

    /** Refuses a form whose fields have no price together, with all other faults of the plan. */
    private void refuseConflicts(Draft draft, Map<String, @Nullable Object> json) {
        var conflicts = draft.conflicts();
        if (!conflicts.isEmpty()) {
            var faults = new FaultCollector().addAll(conflicts);
            try {
                plans.check(json);
            } catch (InvalidInput more) {
                faults.addAll(more.faults());
            }
            faults.throwIfAny();
        }
    }

    /** Renders the preview alone, while an operator types. */
    @PostMapping("/operator/plans/preview")
    ResponseEntity<byte[]> preview(
            @RequestParam MultiValueMap<String, String> sent, @SignedInAccount Account operator, CsrfToken csrf) {
        return pages.render("console/plans/preview.jte", preview(draft(sent), shell(operator, csrf, "")));
    }

    private Draft draft(MultiValueMap<String, String> sent) {
        var quantity = TypedText.first(sent, "kwh");
        var versions = Optional.of(TypedText.first(sent, "known"))
                .filter(code -> !code.isEmpty() && code.indexOf('\0') < 0)
                .map(code -> plans.versions(List.of(code)))
                .orElse(List.of());
        if (sent.containsKey("json")) {
            return new Draft(versions, Optional.empty(), TypedText.first(sent, "json"), true, quantity);
        }
        var form = PlanForm.of(sent);
        if (sent.containsKey("addRow")) {
            form = form.withRow(TypedText.first(sent, "addRow"));
        } else if (sent.containsKey("removeRow")) {
            form = form.withoutRow(TypedText.first(sent, "removeRow"));
        }
        return new Draft(versions, Optional.of(form), "", false, quantity);
    }

    /** Draft as Lago's plan JSON; empty if it is not a JSON object. */
    private Optional<Map<String, @Nullable Object>> read(Draft draft) {
        return draft.asJson()
                ? json.parse(draft.json())
                : draft.form().map(form -> {
                    var changed = changed(draft.versions(), form);
                    return form.json(
                            changed.map(json::savedCharges).orElseGet(List::of),
                            changed.map(json::otherFields).orElseGet(Map::of));
                });
    }

    /** The plan being edited. */
    private static Optional<Plan> changed(List<PlanVersion> versions, PlanForm form) {
        return versions.stream()
                .map(PlanVersion::plan)
                .findFirst()
                .filter(plan -> plan.code().equals(form.basics().code().strip()));
    }

    private PlanPreview preview(Draft draft, Shell shell) {
        var plan = draft.conflicts().isEmpty() ? read(draft) : Optional.<Map<String, @Nullable Object>>empty();
        return PlanPreview.of(
                plan.flatMap(this::checked), words, examples, draft.quantity(), shell.texts(), shell.format());
    }

    private Optional<Plan> checked(Map<String, @Nullable Object> json) {
        try {
            return Optional.of(plans.check(json));
        } catch (InvalidInput unfinished) {
            return Optional.empty();
        }
    }

    private ResponseEntity<byte[]> editor(HttpStatusCode status, Draft draft, FieldFaults faults, Shell shell) {
        var latest = draft.versions().stream().map(PlanVersion::plan).findFirst();
        var page = new PlanEditorPage(
                shell,
                draft.versions(),
                draft.form(),
                draft.json(),
                draft.asJson(),
                latest.filter(plan -> PlanForm.of(plan, json.savedCharges(plan)).isEmpty())
                        .isPresent(),
                choices(),
                faults,
                preview(draft, shell));
        return pages.render(status, EDITOR, page);
    }

    private PlanEditorPage.Choices choices() {
        return new PlanEditorPage.Choices(
                tariffs.timeBands().stream()
                        .map(band -> new PlanEditorPage.Choice(band.code(), band.name()))
                        .toList(),
                tariffs.chargerGroups().stream()
                        .map(group -> new PlanEditorPage.Choice(group.code(), group.name()))
                        .toList(),
                series.list().stream()
                        .map(known -> new PlanEditorPage.Choice(known.code(), known.name()))
                        .toList());
    }

    private Shell shell(Account operator, CsrfToken csrf, String done) {
        return pages.shell(
                operator, csrf, ACTIVE, AfterForm.success(done, "console.plan.done.", Texts.of(operator.locale())));
    }
}
