package express.polaris.console.people;

import express.polaris.accounts.Account;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.BillingAddressForm;

/** Page {@code /operator/drivers/{id}/billing-address}. */
public record DriverBillingPage(Shell shell, Account driver, BillingAddressForm form, FieldFaults faults) {

    public String driverHref() {
        return "/operator/drivers/" + driver.id();
    }
}
