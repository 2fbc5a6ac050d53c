package express.polaris.console.plans;

import express.polaris.billing.plans.PlanVersion;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pages {@code /operator/plans/new} and {@code /operator/plans/{code}}.
 *
 * @param versions versions of the plan, latest first; empty for a new plan
 * @param form form fields as typed; empty if the form cannot express the plan
 * @param json JSON as typed
 * @param asJson whether the JSON tab is open
 */
public record PlanEditorPage(
        Shell shell,
        List<PlanVersion> versions,
        Optional<PlanForm> form,
        String json,
        boolean asJson,
        FieldFaults faults,
        PlanPreview preview) {

    /** Fields that show their own faults; empty for the JSON tab. */
    public List<String> fields() {
        return form.map(PlanEditorPage::fields).orElse(List.of());
    }

    private static List<String> fields(PlanForm form) {
        var fields = new ArrayList<>(List.of(
                "code",
                "name",
                "interval",
                "currency",
                "fee",
                "vatRate",
                "model",
                "amount",
                "packageSize",
                "freeUnits"));
        for (int tier = 0; tier < form.tiers().size(); tier++) {
            for (var field : List.of("upTo", "unitPrice", "flat")) {
                fields.add("tiers[" + tier + "]." + field);
            }
        }
        return fields;
    }

    public boolean isNew() {
        return versions.isEmpty();
    }

    /** URL of the editor with the form or the JSON tab. */
    public String href(boolean json) {
        var path = isNew()
                ? "/operator/plans/new"
                : ConsolePaths.plan(versions.getFirst().plan().code());
        return json ? path + "?tab=json" : path;
    }
}
