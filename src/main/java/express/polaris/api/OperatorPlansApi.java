package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.PlanService;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plans, for operators, in Lago's JSON. */
@RestController
@RequestMapping("/api/v1/operator/plans")
class OperatorPlansApi {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final PlanService plans;
    private final OperatorBilling changes;

    OperatorPlansApi(PlanService plans, OperatorBilling changes) {
        this.plans = plans;
        this.changes = changes;
    }

    /** Latest version of each plan, ordered by code. */
    @GetMapping
    @Operation(summary = "Plans in their latest version, by code")
    CursorPage<LagoPlan> list(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        int most = CursorPage.limit(limit);
        var found = plans.page(CursorPage.keyIn(cursor), most + 1);
        return CursorPage.byKey(found, json(found), most, Plan::code);
    }

    /** Saves a new version if the code exists; subscriptions to earlier versions keep theirs. */
    @PostMapping
    @Operation(
            summary = "Save a plan",
            description = "Lago's plan JSON, also as Lago returns it, in a single field `plan`. A known code gets a new"
                    + " version; subscriptions to an earlier one keep it. What affects the price but is not"
                    + " supported is listed in `unsupported`; energy then has no price. Fields that affect no price"
                    + " (ids, counts, descriptions, metadata, taxes) are kept and returned.")
    @ResponseStatus(HttpStatus.CREATED)
    LagoPlan save(@RequestBody Map<String, @Nullable Object> plan, @SignedInAccount Account operator) {
        var saved = changes.savePlan(operator.id(), plan);
        return json(List.of(saved)).getFirst();
    }

    private List<LagoPlan> json(List<Plan> found) {
        var ids = found.stream().map(Plan::id).toList();
        var charges = plans.charges(ids);
        var others = plans.otherFields(ids);
        return found.stream()
                .map(plan -> LagoPlan.of(
                        plan,
                        Objects.requireNonNull(charges.get(plan.id())),
                        fields(Objects.requireNonNull(others.get(plan.id())))))
                .toList();
    }

    private static Map<String, JsonNode> fields(String object) {
        return JSON.readValue(object, new TypeReference<>() {});
    }
}
