package express.polaris.portal.sessions;

import express.polaris.billing.groups.GroupDiscount;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.portal.CostView;
import java.util.Optional;

/**
 * Cost section of a session's page.
 *
 * @param feesWait whether the session has fees that are not invoiced before its final meter reading
 * @param discount discount of the driver's group, which comes off on an invoice that is not drawn up yet
 */
public record CostPart(CostView cost, boolean feesWait, Optional<GroupDiscount> discount, Texts texts, Format format) {}
