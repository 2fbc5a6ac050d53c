package express.polaris.console.plans;

import express.polaris.billing.groups.DriverGroup;
import express.polaris.billing.groups.OperatorGroups.WantedGroup;
import express.polaris.console.TypedText;
import java.util.Objects;

/**
 * A drivers' group as typed; a field that was not sent is empty.
 *
 * @param planCode empty for no plan
 */
public record GroupForm(String code, String name, String discountPercent, String planCode) {

    static final GroupForm EMPTY = new GroupForm("", "", "", "");

    public GroupForm {
        code = Objects.requireNonNullElse(code, "");
        name = Objects.requireNonNullElse(name, "");
        discountPercent = Objects.requireNonNullElse(discountPercent, "");
        planCode = Objects.requireNonNullElse(planCode, "");
    }

    static GroupForm of(DriverGroup group) {
        return new GroupForm(
                group.code(),
                group.name(),
                group.discountPercent().toPlainString(),
                group.planCode().orElse(""));
    }

    /** The group with this code; an empty discount is none. */
    WantedGroup wanted(String ofCode) {
        var percent = TypedText.number(discountPercent);
        return new WantedGroup(ofCode, name, percent.isEmpty() ? "0" : percent, planCode);
    }
}
