package express.polaris.console.plans;

import express.polaris.billing.groups.DriverGroup;
import express.polaris.billing.plans.Plan;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.util.List;

/** Page {@code /operator/driver-groups}. */
public record GroupListPage(Shell shell, List<Row> rows, List<Plan> plans, GroupForm form, FieldFaults faults) {

    /**
     * @param members number of members now
     */
    public record Row(DriverGroup group, int members) {

        public String href() {
            return ConsolePaths.driverGroup(group.code());
        }
    }
}
