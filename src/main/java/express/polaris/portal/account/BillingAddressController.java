package express.polaris.portal.account;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.parties.BillingAddressService;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.portal.PortalPages;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.views.BillingAddressForm;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where the driver's invoices go. */
@Controller
class BillingAddressController {

    private static final String TEMPLATE = "account/billing-address.jte";

    private final BillingAddressService addresses;
    private final PortalPages pages;

    BillingAddressController(BillingAddressService addresses, PortalPages pages) {
        this.addresses = addresses;
        this.pages = pages;
    }

    @GetMapping("/account/billing-address")
    ResponseEntity<byte[]> page(@SignedInAccount Account driver, CsrfToken csrf) {
        var form = BillingAddressForm.of(addresses.find(driver.id()), driver.name(), driver.locale());
        return pages.render(
                TEMPLATE, new BillingAddressPage(pages.shell(driver, csrf, "nav.account"), form, FieldFaults.NONE));
    }

    @PostMapping("/account/billing-address")
    ResponseEntity<?> save(@RequestParam Map<String, String> typed, @SignedInAccount Account driver, CsrfToken csrf) {
        try {
            addresses.save(driver.id(), BillingAddressForm.wanted(typed));
            return AfterForm.seeOther("/account?done=billingAddress");
        } catch (InvalidInput refused) {
            var form = BillingAddressForm.of(typed, addresses.find(driver.id()).isPresent(), driver.locale());
            var faults = PortalPages.refusals(driver).faults(refused);
            return pages.render(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    TEMPLATE,
                    new BillingAddressPage(pages.shell(driver, csrf, "nav.account"), form, faults));
        }
    }
}
