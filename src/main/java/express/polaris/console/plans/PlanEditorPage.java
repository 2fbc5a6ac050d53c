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
 * @param jsonOnly whether the form cannot express the latest version
 */
public record PlanEditorPage(
        Shell shell,
        List<PlanVersion> versions,
        Optional<PlanForm> form,
        String json,
        boolean asJson,
        boolean jsonOnly,
        Choices choices,
        FieldFaults faults,
        PlanPreview preview) {

    /** What plans can refer to. */
    public record Choices(List<Choice> bands, List<Choice> groups, List<Choice> series) {

        public Choices {
            bands = List.copyOf(bands);
            groups = List.copyOf(groups);
            series = List.copyOf(series);
        }
    }

    public record Choice(String code, String name) {}

    /** The choices, with a code that is none of them as typed. */
    public static List<Choice> with(List<Choice> choices, String code) {
        if (code.isBlank() || choices.stream().anyMatch(choice -> choice.code().equals(code))) {
            return choices;
        }
        var more = new ArrayList<>(choices);
        more.add(new Choice(code, code));
        return more;
    }

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
                "freeUnits",
                "priceSeries",
                "factor",
                "markup",
                "floor",
                "ceiling",
                "includedKwh"));
        addRows(fields, "tiers", form.energy().tiers().size(), "upTo", "unitPrice", "flat");
        addRows(fields, "filters", form.energy().filters().size(), "values", "price");
        addRows(fields, "fees", form.fees().size(), "metric", "price", "grace", "cap");
        for (int fee = 0; fee < form.fees().size(); fee++) {
            var filters = form.fees().get(fee).filters().size();
            addRows(fields, "fees[" + fee + "].filters", filters, "values", "price");
        }
        return fields;
    }

    private static void addRows(List<String> fields, String rows, int count, String... ofRow) {
        for (int place = 0; place < count; place++) {
            for (var field : ofRow) {
                fields.add(rows + "[" + place + "]." + field);
            }
        }
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
