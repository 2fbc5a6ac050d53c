package express.polaris.billing.parties;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code issuers}. */
@Repository
public class IssuerRepository {

    private final JdbcClient jdbc;

    IssuerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(IssuerVersion version) {
        var issuer = version.issuer();
        var address = issuer.address();
        jdbc.sql("""
            insert into issuers (version, legal_name, street, extra, postcode, city, country, tax_number, vat_id, register,
                   contact, email, phone, account_holder, iban, bic, logo_type, logo, footer, days_to_pay, number_format,
                   vat_note, reminder_after_days, saved_at, saved_by)
            values (:version, :legalName, :street, :extra, :postcode, :city, :country, :taxNumber, :vatId, :register,
                   :contact, :email, :phone, :holder, :iban, :bic, :logoType, cast(:logo as bytea), :footer, :daysToPay,
                   :numberFormat, :vatNote, cast(:reminder as integer), :savedAt, :savedBy)
            """)
                .param("version", issuer.version())
                .param("legalName", issuer.legalName())
                .param("street", address.street())
                .param("extra", address.extra().orElse(null))
                .param("postcode", address.postcode())
                .param("city", address.city())
                .param("country", address.country())
                .param("taxNumber", issuer.taxNumber().orElse(null))
                .param("vatId", issuer.vatId().orElse(null))
                .param("register", issuer.register().orElse(null))
                .param("contact", issuer.contact())
                .param("email", issuer.email())
                .param("phone", issuer.phone().orElse(null))
                .param("holder", issuer.bank().map(BankAccount::holder).orElse(null))
                .param("iban", issuer.bank().map(BankAccount::iban).orElse(null))
                .param("bic", issuer.bank().flatMap(BankAccount::bic).orElse(null))
                .param("logoType", issuer.logo().map(Logo::mediaType).orElse(null))
                .param("logo", issuer.logo().map(Logo::content).orElse(null))
                .param("footer", issuer.footer().orElse(null))
                .param("daysToPay", issuer.daysToPay())
                .param("numberFormat", issuer.numberFormat())
                .param("vatNote", issuer.vatNote().name().toLowerCase(Locale.ROOT))
                .param("reminder", version.reminderAfterDays().orElse(null))
                .param("savedAt", SqlTime.utc(version.savedAt()))
                .param("savedBy", version.savedBy().value())
                .update();
    }

    Optional<IssuerVersion> latest() {
        return jdbc.sql("select * from issuers order by version desc limit 1")
                .query(IssuerRepository::version)
                .optional();
    }

    /** All versions, latest first. */
    List<IssuerVersion> all() {
        return jdbc.sql("select * from issuers order by version desc")
                .query(IssuerRepository::version)
                .list();
    }

    Map<Integer, Issuer> versions(Collection<Integer> versions) {
        return jdbc
                .sql("select * from issuers where version = any(?)")
                .param(versions.toArray(Integer[]::new))
                .query(IssuerRepository::version)
                .list()
                .stream()
                .map(IssuerVersion::issuer)
                .collect(Collectors.toMap(Issuer::version, Function.identity()));
    }

    private static IssuerVersion version(ResultSet row, int number) throws SQLException {
        var iban = text(row, "iban");
        var logo = row.getBytes("logo");
        var issuer = new Issuer(
                row.getInt("version"),
                row.getString("legal_name"),
                new PostalAddress(
                        row.getString("street"),
                        text(row, "extra"),
                        row.getString("postcode"),
                        row.getString("city"),
                        row.getString("country")),
                text(row, "tax_number"),
                text(row, "vat_id"),
                text(row, "register"),
                row.getString("contact"),
                row.getString("email"),
                text(row, "phone"),
                iban.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new BankAccount(row.getString("account_holder"), iban.get(), text(row, "bic"))),
                logo == null ? Optional.empty() : Optional.of(new Logo(row.getString("logo_type"), logo)),
                text(row, "footer"),
                row.getInt("days_to_pay"),
                row.getString("number_format"),
                VatNote.valueOf(row.getString("vat_note").toUpperCase(Locale.ROOT)));
        return new IssuerVersion(
                issuer,
                Optional.ofNullable(row.getObject("reminder_after_days", Integer.class)),
                new AccountId(row.getLong("saved_by")),
                SqlTime.required(row, "saved_at"));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
