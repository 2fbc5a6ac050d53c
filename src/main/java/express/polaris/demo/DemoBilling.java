package express.polaris.demo;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.OperatorIssuer;
import express.polaris.billing.parties.BillingAddressService;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.parties.WantedAddress;
import express.polaris.billing.parties.WantedBillingAddress;
import express.polaris.billing.parties.WantedIssuer;
import express.polaris.billing.tariffs.OperatorTariffs;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.billing.tariffs.TimeBandDraft;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.settings.SettingsLoader;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** The demo's issuer of invoices, its drivers' billing addresses, and the time band of its night tariff. Idempotent. */
@Component
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoBilling {

    static final String NIGHT = "night";

    private static final Logger log = LoggerFactory.getLogger(DemoBilling.class);

    private final OperatorIssuer operatorIssuer;
    private final IssuerService issuers;
    private final BillingAddressService addresses;
    private final OperatorTariffs operatorTariffs;
    private final TariffService tariffs;

    DemoBilling(
            OperatorIssuer operatorIssuer,
            IssuerService issuers,
            BillingAddressService addresses,
            OperatorTariffs operatorTariffs,
            TariffService tariffs) {
        this.operatorIssuer = operatorIssuer;
        this.issuers = issuers;
        this.addresses = addresses;
        this.operatorTariffs = operatorTariffs;
        this.tariffs = tariffs;
    }

    void create(AccountId operator, AccountId ada, AccountId ben, AccountId cleo) {
        if (issuers.current().isEmpty()) {
            try {
                operatorIssuer.save(operator, issuer());
            } catch (Conflict saved) {
                log.info("Another node has saved the issuer of the demo");
            }
        }
        address(ada, "person", "Ada Lindqvist", "Elbchaussee 12", "22765", "Hamburg");
        address(ben, "company", "Harbour Logistics GmbH", "Am Sandtorkai 30", "20457", "Hamburg");
        address(cleo, "person", "Cleo Brandt", "Bahnhofstraße 8", "21073", "Hamburg");
        if (!tariffs.hasBand(NIGHT)) {
            operatorTariffs.saveBand(
                    operator,
                    NIGHT,
                    new TimeBandDraft(
                            Optional.of("Night"),
                            Optional.of(Arrays.asList(new TimeBandDraft.Rule(
                                    Optional.of(
                                            Arrays.asList("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")),
                                    Optional.of("21:00"),
                                    Optional.of("06:00"))))));
        }
    }

    private void address(AccountId driver, String kind, String name, String street, String postcode, String city) {
        if (addresses.find(driver).isEmpty()) {
            addresses.save(
                    driver,
                    new WantedBillingAddress(kind, name, new WantedAddress(street, "", postcode, city, "DE"), "", ""));
        }
    }

    /** The bank account is the one that banks use in examples. */
    private static WantedIssuer issuer() {
        return new WantedIssuer(
                "Harbour Charging GmbH",
                new WantedAddress("Hafenstraße 4", "", "20459", "Hamburg", "DE"),
                "",
                "DE123456789",
                "Amtsgericht Hamburg, HRB 4711",
                "Olive Operator",
                "billing@demo.example",
                "+49 40 123456",
                new WantedIssuer.Account("Harbour Charging GmbH", "DE89370400440532013000", ""),
                Optional.empty(),
                "",
                "30",
                WantedIssuer.USUAL_NUMBERS,
                "none",
                "");
    }
}
