package express.polaris.portal;

import express.polaris.billing.Invoices;
import express.polaris.billing.SessionCostSums;
import express.polaris.billing.SessionCosts;
import org.springframework.stereotype.Component;

/** What sessions cost, each and together, and where it is invoiced. */
@Component
record Prices(SessionCosts costs, SessionCostSums sums, Invoices invoices) {}
