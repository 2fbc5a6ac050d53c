package express.polaris.testing;

import express.polaris.billing.parties.WantedAddress;
import express.polaris.billing.parties.WantedIssuer;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An issuer of invoices: complete, in Germany, with VAT. */
public final class TestIssuer {

    public static final String IBAN = "DE89370400440532013000";

    private TestIssuer() {}

    public static WantedIssuer wanted() {
        return wanted("none");
    }

    public static WantedIssuer wanted(String vatNote) {
        return new WantedIssuer(
                "Ladewerk GmbH",
                new WantedAddress("Hafenstraße 7", "", "50667", "Köln", "DE"),
                "",
                "DE123456789",
                "Amtsgericht Köln, HRB 4711",
                "Petra Beispiel",
                "rechnung@ladewerk.example",
                "+49 221 123456",
                new WantedIssuer.Account("Ladewerk GmbH", IBAN, ""),
                Optional.empty(),
                "",
                "14",
                "{year}-{number:6}",
                vatNote,
                "");
    }

    /** Saves the issuer by an operator of the database, unless it is the one that new invoices get. */
    public static void save(JdbcClient jdbc) {
        jdbc.sql("""
            insert into issuers (version, legal_name, street, postcode, city, country, vat_id, contact, email,
                   account_holder, iban, days_to_pay, number_format, vat_note, saved_at, saved_by)
            select coalesce((select max(version) from issuers), 0) + 1, 'Ladewerk GmbH', 'Hafenstraße 7', '50667', 'Köln',
                   'DE', 'DE123456789', 'Petra Beispiel', 'rechnung@ladewerk.example', 'Ladewerk GmbH', :iban, 14,
                   '{year}-{number:6}', 'none', now(), (select min(id) from accounts)
             where not exists (
                   select from issuers i
                    where i.version = (select max(version) from issuers)
                      and i.legal_name = 'Ladewerk GmbH' and i.iban = :iban and i.vat_note = 'none')
            """).param("iban", IBAN).update();
    }
}
