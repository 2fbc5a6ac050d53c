package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.pricing.ParsedCharge.Malformed;
import express.polaris.billing.pricing.ParsedCharge.Supported;
import express.polaris.billing.pricing.ParsedCharge.Unsupported;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Energy of each billing period that costs nothing and does not count in the tiers: {@code included_kwh}. */
class IncludedEnergyTest {

    private static final List<Map<String, Object>> RANGES = List.of(
            Map.of("from_value", 0, "to_value", 10, "per_unit_amount", "0.40", "flat_amount", "1"),
            range(10, "0.20", "2"));

    private static Map<String, Object> range(int from, String price, String flat) {
        var range =
                new HashMap<String, Object>(Map.of("from_value", from, "per_unit_amount", price, "flat_amount", flat));
        range.put("to_value", null);
        return range;
    }

    private static ParsedCharge parse(String model, Map<String, ?> properties) {
        return ChargeParser.parse(BillableMetric.ENERGY, model, properties, null);
    }

    private static BigDecimal owed(String model, Map<String, ?> properties, String kwh) {
        var charge = ((Supported) parse(model, properties)).charge();
        return charge.plainModel().orElseThrow().rate(Energy.ofKilowattHours(kwh));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "49.5, 0", "50, 0", "52, 0.80" // 2×0.40
    })
    void aStandardChargeBeginsAfterIt(String kwh, String amount) {
        assertThat(owed("standard", Map.of("amount", "0.40", "included_kwh", 50), kwh))
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        "50, 0",
        "50.5, 1.20", // 0.5×0.40 + 1
        "60, 5.00", // 10×0.40 + 1
        "62, 7.40" // 10×0.40 + 1 + 2×0.20 + 2
    })
    void theTiersOfAGraduatedChargeBeginAfterIt(String kwh, String amount) {
        assertThat(owed("graduated", Map.of("graduated_ranges", RANGES, "included_kwh", "50"), kwh))
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        "50, 0",
        "50.5, 1.20", // 0.5×0.40 + 1
        "60, 5.00", // 10×0.40 + 1
        "62, 4.40" // 12×0.20 + 2
    })
    void aVolumeChargeCountsWhatIsBeyondIt(String kwh, String amount) {
        assertThat(owed("volume", Map.of("volume_ranges", RANGES, "included_kwh", "50"), kwh))
                .isEqualByComparingTo(amount);
    }

    @Test
    void linesNameItAsTheFirstTier() {
        var charge = ((Supported) parse("volume", Map.of("volume_ranges", RANGES, "included_kwh", "50"))).charge();
        var rating = Rating.of(
                charge.plainModel().orElseThrow(), Energy.ofKilowattHours("45"), Energy.ofKilowattHours("17"));
        assertThat(rating.lines().stream()
                        .map(line -> line.band() + ": "
                                + line.energy().kilowattHours().stripTrailingZeros()))
                .containsExactly("0–50: 5", "60–∞: 12");
        assertThat(rating.amount()).isEqualByComparingTo("4.40"); // 12×0.20 + 2
    }

    @ParameterizedTest
    @CsvSource({
        "0, 50",
        "12.5, 37.5", // 50−12.5
        "50, 0",
        "70, 0",
        "-3, 50"
    })
    void whatAPeriodLeavesRollsOverIfThePlanSaysSo(String used, String left) {
        var properties = Map.of("amount", "0.40", "included_kwh", 50);
        var rolling = new HashMap<String, Object>(properties);
        rolling.put("included_roll_over", true);
        assertThat(charge(rolling).left(kwh(used))).isEqualTo(kwh(left));
        assertThat(charge(properties).left(kwh(used))).isEqualTo(Energy.ZERO);
    }

    @Test
    void whatRolledOverIsIncludedBeforeTheTiers() {
        var charge = ((Supported) parse(
                        "graduated",
                        Map.of("graduated_ranges", RANGES, "included_kwh", "50", "included_roll_over", true)))
                .charge()
                .including(kwh("12.3"));
        assertThat(charge.plainModel().orElseThrow().rate(kwh("62.3"))).isEqualByComparingTo("0");
        assertThat(charge.plainModel().orElseThrow().rate(kwh("64.3"))).isEqualByComparingTo("1.80"); // 2×0.40 + 1
        assertThat(charge.left(kwh("60"))).isEqualTo(kwh("2.3")); // 50+12.3−60
    }

    private static PlanCharge charge(Map<String, ?> properties) {
        return ((Supported) parse("standard", properties)).charge();
    }

    private static Energy kwh(String kwh) {
        return Energy.ofKilowattHours(kwh);
    }

    @Test
    void whatCannotBePricedIsNamed() {
        assertThat(parse("package", Map.of("amount", "1", "package_size", 5, "free_units", 0, "included_kwh", 5)))
                .isEqualTo(new Unsupported(List.of("properties.included_kwh")));
        var filtered = ChargeParser.parse(
                BillableMetric.ENERGY,
                "standard",
                Map.of("amount", "1", "included_kwh", 5),
                List.of(Map.of("values", Map.of("time_band", List.of("night")), "properties", Map.of("amount", "1"))));
        assertThat(filtered).isEqualTo(new Unsupported(List.of("properties.included_kwh")));
        var faults =
                (Malformed) parse("standard", Map.of("amount", "1", "included_kwh", -5, "included_roll_over", "no"));
        assertThat(faults.faults())
                .extracting(fault -> fault.field())
                .containsExactlyInAnyOrder("properties.included_kwh", "properties.included_roll_over");
        assertThat(parse("standard", Map.of("amount", "1", "included_roll_over", true)))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.faults())
                                .extracting(fault -> fault.field())
                                .containsExactly("properties.included_roll_over"));
    }
}
