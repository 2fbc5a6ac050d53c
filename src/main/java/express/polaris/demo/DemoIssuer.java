package express.polaris.demo;

import express.polaris.accounts.AccountId;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.parties.WantedAddress;
import express.polaris.billing.parties.WantedIssuer;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.settings.SettingsLoader;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Saves who issues the demo's invoices. */
@Component
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoIssuer {

    private static final WantedIssuer ISSUER = new WantedIssuer(
            "Polaris Garage GmbH",
            new WantedAddress("Musterstraße 12", "", "50667", "Köln", "DE"),
            "215/123/45678",
            "DE123456789",
            "Amtsgericht Köln, HRB 12345",
            "Buchhaltung",
            "rechnung@demo.example",
            "+49 221 123456",
            new WantedIssuer.Account("Polaris Garage GmbH", "DE89370400440532013000", "COBADEFFXXX"),
            Optional.empty(),
            "",
            "14",
            WantedIssuer.USUAL_NUMBERS,
            "none",
            "");

    private final IssuerService issuers;

    DemoIssuer(IssuerService issuers) {
        this.issuers = issuers;
    }

    /** Keeps an issuer that is there, also one that another node saves at the same time. */
    void save(AccountId operator) {
        if (issuers.current().isEmpty()) {
            try {
                issuers.save(operator, ISSUER);
            } catch (Conflict saved) {
                issuers.current().orElseThrow(() -> saved);
            }
        }
    }
}
