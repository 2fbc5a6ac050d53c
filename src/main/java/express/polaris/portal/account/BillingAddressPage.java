package express.polaris.portal.account;

import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.BillingAddressForm;

/** Page {@code /account/billing-address}. */
public record BillingAddressPage(Shell shell, BillingAddressForm form, FieldFaults faults) {}
