package express.polaris.console.people;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.parties.BillingAddressService;
import express.polaris.console.ConsolePages;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.views.BillingAddressForm;
import express.polaris.web.views.ConsolePaths;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a driver's invoices go, for operators. */
@Controller
@RequestMapping("/operator/drivers/{id}/billing-address")
class DriverBillingController {

    private static final String TEMPLATE = "console/drivers/billing-address.jte";
    private static final String ACTIVE = "nav.console.drivers";

    private final BillingAddressService addresses;
    private final DriverPageBuilder drivers;
    private final ConsolePages pages;

    DriverBillingController(BillingAddressService addresses, DriverPageBuilder drivers, ConsolePages pages) {
        this.addresses = addresses;
        this.drivers = drivers;
        this.pages = pages;
    }

    @GetMapping
    ResponseEntity<byte[]> page(@PathVariable long id, @SignedInAccount Account operator, CsrfToken csrf) {
        var driver = present(id);
        var form = BillingAddressForm.of(addresses.find(driver.id()), driver.name(), operator.locale());
        var shell = pages.shell(operator, csrf, ACTIVE);
        return pages.render(TEMPLATE, new DriverBillingPage(shell, driver, form, FieldFaults.NONE));
    }

    private Account present(long id) {
        var person = drivers.person(id);
        if (person.deleted()) {
            throw new NotFound();
        }
        return person.account();
    }

    @PostMapping
    ResponseEntity<?> save(
            @PathVariable long id,
            @RequestParam Map<String, String> typed,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var driver = present(id);
        try {
            addresses.save(operator.id(), driver.id(), BillingAddressForm.wanted(typed));
            return AfterForm.seeOther(ConsolePaths.driver(driver.id()) + "?done=billingAddress");
        } catch (InvalidInput refused) {
            var form = BillingAddressForm.of(typed, addresses.find(driver.id()).isPresent(), operator.locale());
            var shell = pages.shell(operator, csrf, ACTIVE);
            var faults = pages.refusals(operator).faults(refused);
            return pages.render(
                    HttpStatus.UNPROCESSABLE_CONTENT, TEMPLATE, new DriverBillingPage(shell, driver, form, faults));
        }
    }
}
