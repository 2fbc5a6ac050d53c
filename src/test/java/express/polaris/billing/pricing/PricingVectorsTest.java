package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The specification of this module: facts from the test suites of Lago, OpenMeter and Kill Bill, as input and expected
 * output. {@code -Dpolaris.pricing.vectors=path} runs another file of the same format. Fails if an amount or bound
 * differs from those billing engines.
 */
class PricingVectorsTest {

    private static final String REPLACEMENT = "polaris.pricing.vectors";

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void matchesTheVector(String name, Map<String, Object> vector) {
        var model = text(vector, "model");
        switch (model) {
            case "billing_period" -> matchesPeriod(name, vector);
            case "proration" ->
                assertThat(share(vector)).as(name).isEqualByComparingTo(text(vector, "expected_amount"));
            default -> assertThat(amount(model, vector)).as(name).isEqualByComparingTo(text(vector, "expected_amount"));
        }
    }

    @Test
    void theBundledFileHas164Vectors() throws IOException {
        try (var file = bundled()) {
            assertThat(read(file)).hasSize(164);
        }
    }

    private static BigDecimal amount(String modelName, Map<String, Object> vector) {
        var parsed = ChargeModelParser.parse(modelName, properties(vector), RangeStyles.MIXED);
        assertThat(parsed).isInstanceOf(ParsedChargeModel.Supported.class);
        var model = ((ParsedChargeModel.Supported) parsed).model();
        var units = energy(text(vector, "units"));

        if (vector.get("prior_units") != null) {
            var prior = energy(text(vector, "prior_units"));
            return vector.get("currency_exponent") == null
                    ? Rating.of(model, prior, units).amount()
                    : Rating.roundedAmount(model, prior, units, digits(vector));
        }
        var clamped = Boolean.TRUE.equals(vector.get("clamped_at_zero")) && units.isNegative();
        return rounded(model.amountFor(clamped ? Energy.ZERO : units), vector);
    }

    private static BigDecimal share(Map<String, Object> vector) {
        var properties = properties(vector);
        var days = Long.parseLong(text(vector, "units"));
        var periodDays = Long.parseLong(text(properties, "period_days"));
        var fee = new BigDecimal(text(properties, "amount"));
        return rounded(new Proration(days, periodDays).of(fee), vector);
    }

    private static BigDecimal rounded(BigDecimal amount, Map<String, Object> vector) {
        return vector.get("currency_exponent") == null ? amount : amount.setScale(digits(vector), RoundingMode.HALF_UP);
    }

    private static void matchesPeriod(String name, Map<String, Object> vector) {
        var properties = properties(vector);
        var interval = PlanInterval.named(text(properties, "interval")).orElseThrow();
        var billingTime = BillingTime.named(text(properties, "billing_time")).orElseThrow();
        var anchor = Instant.parse(text(properties, "subscription_at"));
        var zone = ZoneId.of(text(properties, "timezone"));
        var periods = Boolean.TRUE.equals(vector.get("keeps_time_of_day"))
                ? BillingPeriods.keepingTimeOfDay(interval, anchor, zone)
                : BillingPeriods.of(interval, billingTime, anchor, zone);

        var current = periods.periodContaining(Instant.parse(text(vector, "at")));
        var whole = switch (text(vector, "which")) {
            case "current" -> current;
            case "previous" -> periods.previous(current);
            default -> throw new IllegalArgumentException("Unknown period: " + text(vector, "which"));
        };
        var period = vector.get("started_at") == null
                ? whole
                : periods.cutToStart(whole, Instant.parse(text(vector, "started_at")));

        assertThat(vector.get("expected_from") != null || vector.get("expected_to") != null)
                .as("%s states a bound", name)
                .isTrue();
        if (vector.get("expected_from") != null) {
            assertThat(period.from()).as(name).isEqualTo(text(vector, "expected_from"));
        }
        if (vector.get("expected_to") != null) {
            var halfOpen = Boolean.TRUE.equals(vector.get("half_open"));
            assertThat(halfOpen ? period.to() : lastSecondOf(period)).as(name).isEqualTo(text(vector, "expected_to"));
        }
    }

    private static Instant lastSecondOf(Interval period) {
        return period.to().minusSeconds(1);
    }

    static Stream<Arguments> vectors() throws IOException {
        var replacement = System.getProperty(REPLACEMENT);
        try (var file = replacement == null ? bundled() : Files.newInputStream(Path.of(replacement))) {
            return read(file).stream()
                    .map(vector -> Arguments.of(text(vector, "id") + ": " + text(vector, "note"), vector));
        }
    }

    private static InputStream bundled() {
        return Objects.requireNonNull(PricingVectorsTest.class.getResourceAsStream("/pricing/vectors.json"));
    }

    private static List<Map<String, Object>> read(InputStream file) {
        var json = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        return json.readValue(file, new TypeReference<>() {});
    }

    private static Energy energy(String kilowattHours) {
        var energy = Energy.ofKilowattHours(kilowattHours);
        assertThat(energy.kilowattHours()).as("kWh, held without rounding").isEqualByComparingTo(kilowattHours);
        return energy;
    }

    private static int digits(Map<String, Object> vector) {
        return Integer.parseInt(text(vector, "currency_exponent"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> properties(Map<String, Object> vector) {
        return (Map<String, Object>) Objects.requireNonNull(vector.get("properties"));
    }

    private static String text(Map<String, Object> values, String key) {
        return Objects.requireNonNull(values.get(key), key).toString();
    }
}
