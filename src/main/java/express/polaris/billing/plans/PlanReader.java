package express.polaris.billing.plans;

import express.polaris.billing.pricing.BillableMetric;
import express.polaris.billing.pricing.ChargeParser;
import express.polaris.billing.pricing.ParsedCharge;
import express.polaris.billing.pricing.ParsedCharge.Malformed;
import express.polaris.billing.pricing.ParsedCharge.Supported;
import express.polaris.billing.pricing.ParsedCharge.Unsupported;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.pricing.PlanInterval;
import express.polaris.platform.refusals.Fault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses Lago's plan JSON. Malformed input is a fault; a well-formed feature that changes the price but is not
 * supported is recorded as unsupported; fields without effect on the price are stored as given.
 */
final class PlanReader {

    private static final int LONGEST_TEXT = 255;
    private static final int LONGEST_QUOTE = 40;
    private static final int MOST_CHARGES = 50;
    private static final BigDecimal MOST_CENTS = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int VAT_DECIMALS = 4;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final String METRICS =
            Arrays.stream(BillableMetric.values()).map(BillableMetric::code).collect(Collectors.joining(", "));

    private final Map<String, ? extends @Nullable Object> json;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> unsupported = new TreeSet<>();
    private final Map<String, PlanCharge> understood = new LinkedHashMap<>();

    PlanReader(Map<String, ? extends @Nullable Object> json) {
        this.json = json;
    }

    /**
     * Parsed plan.
     *
     * @param fee in the currency's main unit
     * @param charges as given
     * @param otherFields fields of the plan that are not read, as given
     */
    record Draft(
            String code,
            String name,
            PlanInterval interval,
            Currency currency,
            BigDecimal fee,
            boolean payInAdvance,
            BigDecimal vatRate,
            List<?> charges,
            Map<String, @Nullable Object> otherFields,
            List<String> unsupported) {}

    /** All faults; when empty, {@link #draft} has the plan. */
    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Charges that can be priced, by their path; complete once {@link #draft} has been called. */
    Map<String, PlanCharge> understood() {
        return Collections.unmodifiableMap(understood);
    }

    /** The plan's currency; empty when it is at fault. */
    Optional<Currency> planCurrency() {
        return json.get("amount_currency") instanceof String code
                ? Currency.getAvailableCurrencies().stream()
                        .filter(known -> known.getCurrencyCode().equals(code) && known.getDefaultFractionDigits() >= 0)
                        .findFirst()
                : Optional.empty();
    }

    /** The plan; empty when there are faults. */
    Optional<Draft> draft() {
        var code = text("code");
        var name = text("name");
        var interval = interval();
        var currency = currency();
        var cents = cents();
        boolean payInAdvance = flag("pay_in_advance");
        var vatRate = vatRate();
        var charges = charges();
        LagoFields.unreadOfPlan(json, (field, value) -> unsupported.add(shortened(field)));
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Draft(
                code,
                name,
                interval.orElseThrow(),
                currency.orElseThrow(),
                cents.movePointLeft(currency.orElseThrow().getDefaultFractionDigits()),
                payInAdvance,
                vatRate,
                charges,
                LagoFields.others(json),
                List.copyOf(unsupported)));
    }

    private String text(String key) {
        if (json.get(key) instanceof String text
                && !text.isBlank()
                && text.strip().length() <= LONGEST_TEXT) {
            return text.strip();
        }
        faults.add(new Fault(key, BillingReason.TEXT.with(LONGEST_TEXT)));
        return "";
    }

    private Optional<PlanInterval> interval() {
        var interval =
                json.get("interval") instanceof String name ? PlanInterval.named(name) : Optional.<PlanInterval>empty();
        if (interval.isEmpty()) {
            faults.add(new Fault("interval", BillingReason.INTERVAL.with()));
        }
        return interval;
    }

    private Optional<Currency> currency() {
        var currency = planCurrency();
        if (currency.isEmpty()) {
            faults.add(new Fault("amount_currency", BillingReason.CURRENCY.with()));
        }
        return currency;
    }

    private BigDecimal cents() {
        var cents = decimal(json.get("amount_cents"))
                .filter(number -> number.signum() >= 0 && number.compareTo(MOST_CENTS) <= 0)
                .filter(number -> number.stripTrailingZeros().scale() <= 0);
        if (cents.isEmpty()) {
            faults.add(new Fault("amount_cents", BillingReason.CENTS.with(MOST_CENTS)));
        }
        return cents.orElse(BigDecimal.ZERO);
    }

    private boolean flag(String key) {
        var value = json.get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        faults.add(new Fault(key, BillingReason.FLAG.with()));
        return false;
    }

    private BigDecimal vatRate() {
        if (json.get("vat_rate") == null) {
            return BigDecimal.ZERO;
        }
        var rate = decimal(json.get("vat_rate"))
                .filter(number -> number.signum() >= 0 && number.compareTo(HUNDRED) <= 0)
                .filter(number -> number.stripTrailingZeros().scale() <= VAT_DECIMALS);
        if (rate.isEmpty()) {
            faults.add(new Fault("vat_rate", BillingReason.VAT_RATE.with(VAT_DECIMALS)));
        }
        return rate.orElse(BigDecimal.ZERO);
    }

    private List<?> charges() {
        var value = json.get("charges");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > MOST_CHARGES) {
            faults.add(new Fault("charges", BillingReason.CHARGES.with(MOST_CHARGES)));
            return List.of();
        }
        for (int place = 0; place < list.size(); place++) {
            var path = "charges[" + place + "]";
            if (list.get(place) instanceof Map<?, ?> charge) {
                charge(path, LagoFields.named(charge));
            } else {
                faults.add(new Fault(path, BillingReason.CHARGE.with()));
            }
        }
        return list;
    }

    private void charge(String path, Map<String, ? extends @Nullable Object> charge) {
        var code = charge.get("billable_metric_code");
        var metric = code instanceof String name ? BillableMetric.of(name) : Optional.<BillableMetric>empty();
        if (!(code instanceof String name) || name.isBlank()) {
            faults.add(new Fault(path + ".billable_metric_code", BillingReason.METRIC.with(METRICS)));
        } else if (metric.isEmpty()) {
            unsupported.add(path + ".billable_metric_code " + shortened(name));
        }
        var model = charge.get("charge_model");
        var properties = charge.get("properties");
        if (!(model instanceof String)) {
            faults.add(new Fault(path + ".charge_model", BillingReason.MODEL.with()));
        } else if (properties != null && !(properties instanceof Map<?, ?>)) {
            faults.add(new Fault(path + ".properties", BillingReason.PROPERTIES.with()));
        } else {
            var parsed = ChargeParser.parse(
                    metric.orElse(BillableMetric.ENERGY),
                    (String) model,
                    properties instanceof Map<?, ?> map ? LagoFields.filled(map) : Map.of(),
                    charge.get("filters"));
            note(path, parsed);
        }
        LagoFields.unreadOfCharge(charge, (field, value) -> unsupported.add(path + "." + shortened(field)));
    }

    private void note(String path, ParsedCharge parsed) {
        switch (parsed) {
            case Supported(var charge) -> understood.put(path, charge);
            case Unsupported(var features) -> features.forEach(feature -> unsupported.add(path + "." + feature));
            case Malformed(var found) ->
                found.forEach(fault -> faults.add(new Fault(path + "." + fault.field(), fault.wording())));
        }
    }

    /** Checks lengths before parsing and never expands an exponent. */
    static Optional<BigDecimal> decimal(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case BigDecimal number -> Optional.of(number).filter(PlanReader::isShort);
            case BigInteger number -> Optional.of(new BigDecimal(number)).filter(PlanReader::isShort);
            case Long number -> Optional.of(BigDecimal.valueOf(number));
            case Integer number -> Optional.of(BigDecimal.valueOf(number));
            case Number number -> decimal(number.toString());
            case String text ->
                text.matches("-?\\d{1,20}(\\.\\d{1,20})?") ? Optional.of(new BigDecimal(text)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean isShort(BigDecimal number) {
        return number.precision() <= 40 && Math.abs((long) number.scale()) <= 40;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
