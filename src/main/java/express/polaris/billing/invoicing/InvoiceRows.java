package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.parties.Parties;
import express.polaris.billing.parties.PostalAddress;
import express.polaris.billing.parties.Recipient;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.units.Interval;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Converts rows of {@code invoices} to invoices without lines. */
@Component
class InvoiceRows {

    private final IssuerService issuers;

    InvoiceRows(IssuerService issuers) {
        this.issuers = issuers;
    }

    /** Row whose issuer is still to be looked up. */
    private record Row(Invoice invoice, Optional<Integer> issuer, Optional<Recipient> recipient) {}

    /** Runs a query that selects all columns; two statements in all. */
    List<Invoice> list(JdbcClient.StatementSpec query) {
        var rows = query.query((row, number) -> row(row)).list();
        var versions = issuers.versions(
                rows.stream().flatMap(row -> row.issuer().stream()).distinct().toList());
        return rows.stream()
                .map(row -> row.invoice()
                        .with(row.issuer()
                                .map(versions::get)
                                .flatMap(issuer -> row.recipient().map(recipient -> new Parties(issuer, recipient)))))
                .toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                invoice(row), Optional.ofNullable(row.getObject("issuer_version", Integer.class)), recipient(row));
    }

    private static Invoice invoice(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        int digits = currency.getDefaultFractionDigits();
        var reason = row.getString("cancel_reason");
        return new Invoice(
                row.getString("number"),
                new AccountId(row.getLong("driver_id")),
                Optional.ofNullable(row.getObject("subscription_id", Long.class))
                        .map(SubscriptionId::new),
                Invoice.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                status(row),
                new Interval(SqlTime.required(row, "period_from"), SqlTime.required(row, "period_to")),
                row.getObject("issued_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                SqlTime.instant(row, "paid_at"),
                currency,
                row.getBigDecimal("net").setScale(digits),
                row.getBigDecimal("vat_rate").stripTrailingZeros(),
                row.getBigDecimal("vat").setScale(digits),
                row.getBigDecimal("total").setScale(digits),
                row.getString("issuer"),
                row.getString("recipient_name"),
                row.getString("recipient_email"),
                Optional.empty(),
                text(row, "cancels"),
                text(row, "cancelled_by"),
                text(row, "replaces"),
                Optional.ofNullable(row.getObject("cancels_issued_on", LocalDate.class))
                        .map(day -> new Invoice.Cancellation(day, Optional.ofNullable(reason))),
                List.of());
    }

    private static Invoice.Status status(ResultSet row) throws SQLException {
        if (row.getObject("finalized_at") == null) {
            return Invoice.Status.PREPARED;
        }
        return row.getString("cancelled_by") == null ? Invoice.Status.FINALIZED : Invoice.Status.CANCELLED;
    }

    private static Optional<Recipient> recipient(ResultSet row) throws SQLException {
        var kind = row.getString("recipient_kind");
        if (kind == null) {
            return Optional.empty();
        }
        var street = row.getString("recipient_street");
        return Optional.of(new Recipient(
                Recipient.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                row.getString("recipient_name"),
                row.getString("recipient_email"),
                street == null
                        ? Optional.empty()
                        : Optional.of(new PostalAddress(
                                street,
                                text(row, "recipient_extra"),
                                row.getString("recipient_postcode"),
                                row.getString("recipient_city"),
                                row.getString("recipient_country"))),
                text(row, "recipient_vat_id"),
                text(row, "recipient_order_reference")));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
