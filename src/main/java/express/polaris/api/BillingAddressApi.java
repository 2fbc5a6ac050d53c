package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.parties.BillingAddressService;
import express.polaris.platform.refusals.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Billing addresses: a driver's own, or any driver's for operators. */
@RestController
@RequestMapping("/api/v1")
class BillingAddressApi {

    private final BillingAddressService addresses;
    private final AccountService accounts;

    BillingAddressApi(BillingAddressService addresses, AccountService accounts) {
        this.addresses = addresses;
        this.accounts = accounts;
    }

    @GetMapping("/billing-address")
    @Operation(summary = "Where your invoices go")
    BillingAddressJson own(@SignedInAccount Account driver) {
        return BillingAddressJson.of(addresses.find(driver.id()), driver.name());
    }

    @PutMapping("/billing-address")
    @Operation(summary = "Change where your invoices go", description = "For new invoices. An empty one removes it.")
    BillingAddressJson save(@RequestBody BillingAddressJson wanted, @SignedInAccount Account driver) {
        return BillingAddressJson.of(addresses.save(driver.id(), wanted.wanted()), driver.name());
    }

    @GetMapping("/operator/drivers/{id}/billing-address")
    @Operation(summary = "Where a driver's invoices go")
    BillingAddressJson of(@PathVariable String id) {
        var driver = driver(id);
        return BillingAddressJson.of(addresses.find(driver.id()), driver.name());
    }

    @PutMapping("/operator/drivers/{id}/billing-address")
    @Operation(
            summary = "Change where a driver's invoices go",
            description = "For new invoices. An empty one removes it.")
    BillingAddressJson save(
            @PathVariable String id, @RequestBody BillingAddressJson wanted, @SignedInAccount Account operator) {
        var driver = driver(id);
        return BillingAddressJson.of(addresses.save(operator.id(), driver.id(), wanted.wanted()), driver.name());
    }

    private Account driver(String id) {
        return accounts.findPresentDriver(new AccountId(PathIds.inPath(id))).orElseThrow(NotFound::new);
    }
}
