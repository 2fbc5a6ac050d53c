package express.polaris.console;

import express.polaris.billing.PlanVersion;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages {@code /operator/plans/new} and {@code /operator/plans/{code}}.
 *
 * @param versions of the plan that is changed, the latest first; none for a new one
 * @param form as it was typed; empty where the plan says more than the form can
 * @param json as it was typed
 * @param asJson the tab with the JSON is open
 */
public record PlanEditorPage(
        Shell shell,
        List<PlanVersion> versions,
        Optional<PlanForm> form,
        String json,
        boolean asJson,
        FieldFaults faults,
        PlanPreview preview) {

    /** The fields in which the form shows what is wrong with them; JSON has none. */
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

    /** Of the page with the form or with the JSON. */
    public String href(boolean json) {
        var path = isNew()
                ? "/operator/plans/new"
                : ConsolePaths.plan(versions.getFirst().plan().code());
        return json ? path + "?tab=json" : path;
    }
}
