package express.polaris.billing.plans;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Fields of Lago's plan JSON by their effect on the price. An unknown field counts as changing the price unless its
 * value is null, false, zero or empty.
 */
final class LagoFields {

    private static final Set<String> READ_OF_A_PLAN = Set.of(
            "code", "name", "interval", "amount_cents", "amount_currency", "pay_in_advance", "vat_rate", "charges");

    /** Fields that the portal adds when it returns a plan. */
    private static final Set<String> ADDED_TO_A_PLAN = Set.of("id", "version", "unsupported");

    /** Only {@code vat_rate} sets VAT: {@code taxes} are Lago's own. The other fields are descriptive. */
    private static final Set<String> WITHOUT_A_PRICE = Set.of(
            "lago_id",
            "lago_parent_id",
            "parent_id",
            "created_at",
            "updated_at",
            "deleted_at",
            "description",
            "invoice_display_name",
            "metadata",
            "taxes",
            "tax_codes");

    private static final Set<String> OF_A_PLAN_WITHOUT_A_PRICE = Set.of(
            "active_subscriptions_count",
            "customers_count",
            "draft_invoices_count",
            "subscriptions_count",
            "charges_count",
            "entitlements",
            "has_active_subscriptions",
            "has_charges",
            "has_customers",
            "has_draft_invoices",
            "has_subscriptions",
            // Applies only to fixed charges, a separate field.
            "bill_fixed_charges_monthly");

    private static final Set<String> READ_OF_A_CHARGE =
            Set.of("billable_metric_code", "charge_model", "properties", "filters");

    private static final Set<String> OF_A_CHARGE_WITHOUT_A_PRICE = Set.of(
            "accepts_target_wallet",
            "billable_metric_name",
            "code",
            "lago_billable_metric_id",
            // Applies only to charges paid in advance, a separate field.
            "regroup_paid_fees");

    private LagoFields() {}

    /** Unwraps a plan from Lago's response format, an object with the single field {@code plan}. */
    static Map<String, ? extends @Nullable Object> unwrapped(Map<String, ? extends @Nullable Object> json) {
        return json.size() == 1 && json.get("plan") instanceof Map<?, ?> plan ? named(plan) : json;
    }

    /** Returns the fields of a plan that are stored as given, beside those that are read. */
    static Map<String, @Nullable Object> others(Map<String, ? extends @Nullable Object> plan) {
        var others = new LinkedHashMap<String, @Nullable Object>();
        plan.forEach((field, value) -> {
            if (!READ_OF_A_PLAN.contains(field) && !ADDED_TO_A_PLAN.contains(field)) {
                others.put(field, value);
            }
        });
        return others;
    }

    /** Reports the fields of a plan that change the price and are not read. */
    static void unreadOfPlan(Map<String, ? extends @Nullable Object> plan, BiConsumer<String, Object> found) {
        others(plan).forEach((field, value) -> {
            boolean known = WITHOUT_A_PRICE.contains(field) || OF_A_PLAN_WITHOUT_A_PRICE.contains(field);
            if (!known && !isCommitmentToNothing(field, value)) {
                report(field, value, found);
            }
        });
    }

    /** Reports the fields of a charge that change the price and are not read. */
    static void unreadOfCharge(Map<String, ? extends @Nullable Object> charge, BiConsumer<String, Object> found) {
        charge.forEach((field, value) -> {
            if (field.equals("invoiceable")) {
                // A charge that is not invoiced has no price on an invoice.
                if (value != null && !Boolean.TRUE.equals(value)) {
                    found.accept(field, value);
                }
            } else if (!READ_OF_A_CHARGE.contains(field)
                    && !WITHOUT_A_PRICE.contains(field)
                    && !OF_A_CHARGE_WITHOUT_A_PRICE.contains(field)) {
                report(field, value, found);
            }
        });
    }

    private static boolean isCommitmentToNothing(String field, @Nullable Object value) {
        return field.equals("minimum_commitment")
                && value instanceof Map<?, ?> commitment
                && !saysSomething(commitment.get("amount_cents"));
    }

    private static void report(String field, @Nullable Object value, BiConsumer<String, Object> found) {
        if (value != null && saysSomething(value)) {
            found.accept(field, value);
        }
    }

    private static boolean saysSomething(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case String text -> !text.isBlank() && !isZero(text);
            case Number number -> !isZero(number);
            default -> true;
        };
    }

    private static boolean isZero(Object value) {
        return PlanReader.decimal(value)
                .filter(number -> number.compareTo(BigDecimal.ZERO) == 0)
                .isPresent();
    }

    static Map<String, @Nullable Object> named(Map<?, ?> map) {
        var named = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    /** Returns the entries that are not null. */
    static Map<String, Object> filled(Map<?, ?> map) {
        var filled = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            if (value != null) {
                filled.put(String.valueOf(key), value);
            }
        });
        return filled;
    }
}
