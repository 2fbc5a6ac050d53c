package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.PlanVersion;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/plans}.
 *
 * @param nextHref absent on the last page
 */
public record PlanListPage(Shell shell, List<Row> rows, Optional<String> nextHref) {

    /**
     * Plan.
     *
     * @param latest the version that new subscriptions get
     * @param versions all versions, latest first
     * @param charges price of energy in words
     */
    public record Row(String href, Plan latest, List<PlanVersion> versions, String charges) {

        /** Number of drivers currently subscribed to any version. */
        public int drivers() {
            return versions.stream().mapToInt(PlanVersion::drivers).sum();
        }
    }
}
