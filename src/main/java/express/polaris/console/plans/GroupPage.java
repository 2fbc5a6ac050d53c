package express.polaris.console.plans;

import express.polaris.accounts.Account;
import express.polaris.billing.groups.DriverGroup;
import express.polaris.billing.groups.GroupMember;
import express.polaris.billing.plans.Plan;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Page {@code /operator/driver-groups/{code}}.
 *
 * @param nextHref absent on the last page of members
 * @param drivers drivers to choose from when the typed name is ambiguous
 * @param zone name of the zone of the times in the forms
 */
public record GroupPage(
        Shell shell,
        DriverGroup group,
        List<Row> rows,
        Optional<String> nextHref,
        List<Plan> plans,
        GroupForm form,
        MemberForm member,
        List<Account> drivers,
        PlanForMembers plan,
        String zone,
        FieldFaults faults) {

    /** When a membership applies, seen from now. */
    public enum When {
        AHEAD,
        NOW,
        ENDED
    }

    /**
     * @param driver current name of the driver
     * @param endAt proposed end, in the operator's zone
     */
    public record Row(GroupMember member, String driver, When when, String endAt) {

        public String driverHref() {
            return ConsolePaths.driver(member.driver());
        }
    }

    /**
     * A member as typed; times are in the operator's zone.
     *
     * @param chosen id of the chosen driver when several match
     * @param until empty while no end is set
     */
    public record MemberForm(String driver, String chosen, String from, String until) {

        public MemberForm {
            driver = Objects.requireNonNullElse(driver, "");
            chosen = Objects.requireNonNullElse(chosen, "");
            from = Objects.requireNonNullElse(from, "");
            until = Objects.requireNonNullElse(until, "");
        }
    }

    /** When the members get the group's plan, as typed. */
    public record PlanForMembers(String startedAt, String billingTime) {

        public PlanForMembers {
            startedAt = Objects.requireNonNullElse(startedAt, "");
            billingTime = Objects.requireNonNullElse(billingTime, "");
        }
    }

    /** Faults that belong to no field of the forms, such as those of single drivers. */
    public List<String> otherFaults() {
        var fields =
                Set.of("name", "discountPercent", "planCode", "driver", "from", "until", "startedAt", "billingTime");
        return faults.byField().entrySet().stream()
                .filter(fault -> !fields.contains(fault.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    public String href() {
        return ConsolePaths.driverGroup(group.code());
    }
}
