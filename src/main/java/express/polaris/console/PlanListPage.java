package express.polaris.console;

import express.polaris.billing.Plan;
import express.polaris.billing.PlanVersion;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /operator/plans}.
 *
 * @param nextHref absent on the last page
 */
public record PlanListPage(Shell shell, List<Row> rows, Optional<String> nextHref) {

    /**
     * A plan.
     *
     * @param latest the version that a new subscription gets
     * @param versions all of them, the latest first
     * @param charges what energy costs, in words
     */
    public record Row(String href, Plan latest, List<PlanVersion> versions, String charges) {

        /** With any of the versions now. */
        public int drivers() {
            return versions.stream().mapToInt(PlanVersion::drivers).sum();
        }
    }
}
