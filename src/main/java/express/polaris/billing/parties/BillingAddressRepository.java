package express.polaris.billing.parties;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code billing_addresses}. */
@Repository
class BillingAddressRepository {

    private final JdbcClient jdbc;

    BillingAddressRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<BillingAddress> find(AccountId driver) {
        return jdbc.sql("select * from billing_addresses where driver_id = ?")
                .param(driver.value())
                .query((row, number) -> new BillingAddress(
                        Recipient.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("name"),
                        new PostalAddress(
                                row.getString("street"),
                                Optional.ofNullable(row.getString("extra")),
                                row.getString("postcode"),
                                row.getString("city"),
                                row.getString("country")),
                        Optional.ofNullable(row.getString("vat_id")),
                        Optional.ofNullable(row.getString("order_reference"))))
                .optional();
    }

    void save(AccountId driver, BillingAddress address, Instant now) {
        jdbc.sql("""
            insert into billing_addresses (driver_id, kind, name, street, extra, postcode, city, country, vat_id,
                   order_reference, updated_at)
            values (:driver, :kind, :name, :street, :extra, :postcode, :city, :country, :vatId, :orderReference, :now)
            on conflict (driver_id) do update
               set kind = excluded.kind, name = excluded.name, street = excluded.street, extra = excluded.extra,
                   postcode = excluded.postcode, city = excluded.city, country = excluded.country,
                   vat_id = excluded.vat_id, order_reference = excluded.order_reference, updated_at = excluded.updated_at
            """)
                .param("driver", driver.value())
                .param("kind", address.kind().name().toLowerCase(Locale.ROOT))
                .param("name", address.name())
                .param("street", address.address().street())
                .param("extra", address.address().extra().orElse(null))
                .param("postcode", address.address().postcode())
                .param("city", address.address().city())
                .param("country", address.address().country())
                .param("vatId", address.vatId().orElse(null))
                .param("orderReference", address.orderReference().orElse(null))
                .param("now", SqlTime.utc(now))
                .update();
    }

    void delete(AccountId driver) {
        jdbc.sql("delete from billing_addresses where driver_id = ?")
                .param(driver.value())
                .update();
    }
}
