package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import express.polaris.billing.plans.Plan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Plan in Lago's JSON.
 *
 * @param vatRate in percent
 * @param charges JSON as it was saved
 * @param version from 1, per code, in the order of saving
 * @param unsupported features that affect the price but that this billing does not support; if not empty, the price of
 *     energy is unknown
 * @param otherFields Lago's other fields as they were saved, at the same level
 */
record LagoPlan(
        long id,
        String code,
        String name,
        String interval,
        @JsonProperty("amount_cents") BigInteger amountCents,
        @JsonProperty("amount_currency") String amountCurrency,
        @JsonProperty("pay_in_advance") boolean payInAdvance,
        @JsonProperty("vat_rate") BigDecimal vatRate,
        @JsonRawValue String charges,
        int version,
        List<String> unsupported,
        @JsonAnyGetter Map<String, JsonNode> otherFields) {

    static LagoPlan of(Plan plan, String charges, Map<String, JsonNode> otherFields) {
        return new LagoPlan(
                plan.id().value(),
                plan.code(),
                plan.name(),
                plan.interval().name().toLowerCase(Locale.ROOT),
                plan.feeInCents(),
                plan.currency().getCurrencyCode(),
                plan.payInAdvance(),
                plan.vatRate(),
                charges,
                plan.version(),
                plan.unsupported(),
                otherFields);
    }
}
