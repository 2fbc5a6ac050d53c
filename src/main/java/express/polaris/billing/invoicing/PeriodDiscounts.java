package express.polaris.billing.invoicing;

import express.polaris.billing.groups.DriverGroups;
import express.polaris.billing.groups.GroupDiscount;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.platform.sql.SqlTime;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Discounts of drivers' groups on the energy and usage of billing periods; repository of {@code period_discounts}. The
 * discount of a period is the rounded percentage of its rounded total. What arrives later changes it by the difference
 * of two such discounts, so all invoices of a period together give exactly the percentage of what they charge.
 */
@Repository
class PeriodDiscounts {

    private final DriverGroups groups;
    private final JdbcClient jdbc;

    PeriodDiscounts(DriverGroups groups, JdbcClient jdbc) {
        this.groups = groups;
        this.jdbc = jdbc;
    }

    /**
     * Discount that a period's invoice has given.
     *
     * @param charged rounded energy, usage and adjustments on all invoices so far, before the discount
     */
    record Given(GroupDiscount discount, BigDecimal charged) {

        /** Returns by how much the discount changes the net amount when this much more is charged. */
        BigDecimal change(BigDecimal more, Currency currency) {
            return of(discount, charged.add(more), currency).subtract(of(discount, charged, currency));
        }
    }

    /** Returns the discount of the group that the driver is in when the period ends. */
    Optional<GroupDiscount> atEndOf(SubscriptionPeriod period) {
        return groups.discountOf(period.subscription().driver(), period.end().minus(1, ChronoUnit.MICROS));
    }

    /** Returns the discount on this amount: zero or below for an amount that is not negative. */
    static BigDecimal of(GroupDiscount discount, BigDecimal charged, Currency currency) {
        var share = charged.multiply(discount.percent()).movePointLeft(2);
        return new Money(share, currency).rounded().amount().negate();
    }

    /** Adds the discount on the energy and usage of the draft, and keeps its percentage for the period. */
    void add(InvoiceDraft draft, SubscriptionPeriod period) {
        atEndOf(period).ifPresent(discount -> {
            var charged = draft.lines().stream()
                    .filter(line -> switch (line.kind()) {
                        case ENERGY, USAGE -> true;
                        case FEE, DISCOUNT, SESSION, OTHER_SESSIONS, ADJUSTMENT, CREDIT, ROUNDING -> false;
                    })
                    .map(InvoiceLine::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            keep(period, new Given(discount, charged));
            add(draft, discount, of(discount, charged, draft.currency()));
        });
    }

    /**
     * Adds the discount on adjustments of periods that had one.
     *
     * @param adjusted sum of the adjustment lines of each period
     */
    void adjust(InvoiceDraft draft, Map<SubscriptionPeriod, BigDecimal> adjusted) {
        var changes = new LinkedHashMap<GroupDiscount, BigDecimal>();
        adjusted.forEach((period, more) -> given(period).ifPresent(given -> {
            changes.merge(given.discount(), given.change(more, draft.currency()), BigDecimal::add);
            keep(period, new Given(given.discount(), given.charged().add(more)));
        }));
        changes.forEach((discount, amount) -> add(draft, discount, amount));
    }

    Optional<Given> given(SubscriptionPeriod period) {
        return jdbc.sql("""
            select group_name, percent, charged from period_discounts where subscription_id = ? and period_from = ?
            """)
                .param(period.subscription().id().value())
                .param(SqlTime.utc(period.whole().from()))
                .query((row, number) -> new Given(
                        new GroupDiscount(
                                row.getString("group_name"),
                                row.getBigDecimal("percent").stripTrailingZeros()),
                        row.getBigDecimal("charged")))
                .optional();
    }

    private void keep(SubscriptionPeriod period, Given given) {
        jdbc.sql("""
            insert into period_discounts (subscription_id, period_from, group_name, percent, charged)
            values (?, ?, ?, ?, ?)
            on conflict (subscription_id, period_from) do update set charged = excluded.charged
            """)
                .params(List.of(
                        period.subscription().id().value(),
                        SqlTime.utc(period.whole().from()),
                        given.discount().name(),
                        given.discount().percent(),
                        given.charged()))
                .update();
    }

    private static void add(InvoiceDraft draft, GroupDiscount discount, BigDecimal amount) {
        if (amount.signum() != 0) {
            draft.add(InvoiceLine.amount(new LineSubject.Discount(discount.name(), discount.percent()), amount));
        }
    }
}
