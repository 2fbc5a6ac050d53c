package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.pricing.ParsedChargeModel.Malformed;
import express.polaris.billing.pricing.ParsedChargeModel.Supported;
import express.polaris.billing.pricing.ParsedChargeModel.Unsupported;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChargeModelParserTest {

    @Test
    void allFourChargeModelsAreRead() {
        assertThat(ChargeModelParser.parse("standard", Map.of("amount", "0.42")))
                .isEqualTo(new Supported(new StandardModel(new BigDecimal("0.42"))));
        assertThat(ChargeModelParser.parse("package", Map.of("amount", "15", "package_size", 10, "free_units", 5)))
                .isEqualTo(new Supported(
                        new PackageModel(new BigDecimal("15"), ChargeModelTest.kWh("10"), ChargeModelTest.kWh("5"))));
        var tiers = List.of(ChargeModelTest.tier("0", "7.5", "2", "3"), ChargeModelTest.openTier("7.5", "1", "0"));
        var ranges = List.of(range(0, "7.5", "2", "3"), range("7.5", null, "1", "0"));
        assertThat(ChargeModelParser.parse("graduated", Map.of("graduated_ranges", ranges)))
                .isEqualTo(new Supported(new GraduatedModel(tiers)));
        assertThat(ChargeModelParser.parse("volume", Map.of("volume_ranges", ranges)))
                .isEqualTo(new Supported(new VolumeModel(tiers)));
    }

    @Test
    void bothStylesOfRangesGiveTheSameModel() {
        var adjacent = graduated(range(0, 10, "2", "0"), range(10, 20, "1", "0"), range(20, null, "0", "0"));
        var nextUnit = graduated(range(0, 10, "2", "0"), range(11, 20, "1", "0"), range(21, null, "0", "0"));

        assertThat(adjacent).isInstanceOf(Supported.class).isEqualTo(nextUnit);
    }

    @Test
    void oneWholeUnitIsARange() {
        assertThat(graduated(range(0, 10, "2", "0"), range(11, 11, "1", "0"), range(12, null, "0", "0")))
                .isInstanceOf(Supported.class);
    }

    @Test
    void mixedStylesAreRefused() {
        assertThat(faults(graduated(range(0, 10, "2", "0"), range(11, 20, "1", "0"), range(20, null, "0", "0"))))
                .containsExactly(
                        "properties.graduated_ranges[2].from_value: Mixes two styles of ranges: use 0–10, 10–20"
                                + " or 0–10, 11–20 throughout, not both.");
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        assertThat(faults(graduated(
                        range(1, 10, "-2", "0"),
                        range(9, 20, "abc", null),
                        range(25, 22, true, "1e99999999"),
                        range(22, 30, "0", "0"))))
                .containsExactly(
                        "properties.graduated_ranges[0].per_unit_amount: Must not be negative.",
                        "properties.graduated_ranges[0].from_value: Must be 0 in the first range, not 1.",
                        "properties.graduated_ranges[1].per_unit_amount: Must be a number like \"0.25\", not \"abc\".",
                        "properties.graduated_ranges[1].flat_amount: Is missing: must be a number of 0 or more.",
                        "properties.graduated_ranges[1].from_value: Overlaps the range before it: must be 10 or 11, not"
                                + " 9.",
                        "properties.graduated_ranges[2].per_unit_amount: Must be a number like \"0.25\", not true.",
                        "properties.graduated_ranges[2].flat_amount: Must have at most 15 digits before and 15 after the"
                                + " decimal point.",
                        "properties.graduated_ranges[2].from_value: Leaves a gap: must be 20 or 21, not 25.",
                        "properties.graduated_ranges[2].to_value: Must be above the start of the range, not 22.",
                        "properties.graduated_ranges[3].to_value: Must be null: the last range is open.");
    }

    @Test
    void aRangeInTheMiddleMustEnd() {
        assertThat(faults(graduated(range(0, null, "2", "0"), range(10, null, "1", "0"))))
                .containsExactly("properties.graduated_ranges[0].to_value: Is missing: must be a number of 0 or more.");
    }

    @Test
    void aFractionalBoundHasNoNextUnit() {
        assertThat(faults(graduated(range(0, "7.5", "2", "0"), range("8.5", null, "1", "0"))))
                .containsExactly("properties.graduated_ranges[1].from_value: Leaves a gap: must be 7.5, not 8.5.");
    }

    @Test
    void anEmptyRangeIsRefused() {
        assertThat(faults(graduated(range(0, 0, "2", "0"), range(0, null, "1", "0"))))
                .containsExactly(
                        "properties.graduated_ranges[0].to_value: Must be above the start of the range, not 0.");
    }

    @Test
    void rangesMustBeAListOfObjects() {
        var expected = "properties.volume_ranges: Must be a list of 1 to 100 ranges.";
        var ranges = Collections.nCopies(101, range(0, null, "1", "0"));

        assertThat(faults(ChargeModelParser.parse("volume", Map.of()))).containsExactly(expected);
        assertThat(faults(ChargeModelParser.parse("volume", Map.of("volume_ranges", List.of()))))
                .containsExactly(expected);
        assertThat(faults(ChargeModelParser.parse("volume", Map.of("volume_ranges", "all"))))
                .containsExactly(expected);
        assertThat(faults(ChargeModelParser.parse("volume", Map.of("volume_ranges", ranges))))
                .containsExactly(expected);
        assertThat(faults(ChargeModelParser.parse("volume", Map.of("volume_ranges", Arrays.asList(null, "x")))))
                .hasSize(2)
                .allMatch(fault -> fault.contains("Must be an object with from_value"));
    }

    @Test
    void packagesRequireASizeAndFreeUnits() {
        assertThat(faults(ChargeModelParser.parse("package", Map.of("package_size", 0))))
                .containsExactly(
                        "properties.amount: Is missing: must be a number of 0 or more.",
                        "properties.package_size: Must be more than 0.",
                        "properties.free_units: Is missing: must be a number of 0 or more.");
        assertThat(faults(ChargeModelParser.parse(
                        "package", Map.of("amount", "1", "package_size", -5, "free_units", "-1"))))
                .containsExactly(
                        "properties.package_size: Must not be negative.",
                        "properties.free_units: Must not be negative.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "1,5",
                "0x10",
                "NaN",
                "Infinity",
                "--1",
                "1e",
                "１０",
                "1 2",
                "1E99999999",
                "1E-99999999",
                "1e999999999999",
                "1000000000000000",
                "0.0000000000000001",
                "-0.01"
            })
    @Timeout(1)
    void aPriceMustBeAPlainNumberOfReasonableLength(String amount) {
        assertThat(faults(ChargeModelParser.parse("standard", Map.of("amount", amount))))
                .hasSize(1);
    }

    @Test
    @Timeout(1)
    void hugeNumbersAreRefusedWithoutComputingThem() {
        var million = "9".repeat(1_000_000);
        for (var amount : List.of(
                new BigDecimal("1E99999999"),
                new BigDecimal("1E-99999999"),
                BigInteger.TWO.pow(30_000_000),
                new BigDecimal(BigInteger.TWO.pow(30_000_000), 5),
                million)) {
            assertThat(faults(ChargeModelParser.parse("standard", Map.of("amount", amount))))
                    .singleElement()
                    .satisfies(fault -> assertThat(fault).hasSizeLessThan(150));
        }
    }

    @Test
    void aZeroWithAnExponentIsZero() {
        assertThat(ChargeModelParser.parse("standard", Map.of("amount", "0E99999999")))
                .isEqualTo(new Supported(new StandardModel(BigDecimal.ZERO)));
    }

    @Test
    void boundsFinerThanTheMeterResolutionAreRefused() {
        assertThat(faults(graduated(range(0, "0.0000001", "1", "0"), range("0.0000001", null, "1", "0"))))
                .hasSize(2)
                .allMatch(fault -> fault.endsWith("at most 15 digits before and 6 after the decimal point."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"percentage", "graduated_percentage", "dynamic", "custom"})
    void lagosOtherModelsAreUnsupportedNotMalformed(String model) {
        assertThat(ChargeModelParser.parse(model, Map.of("rate", "1"))).isEqualTo(new Unsupported(List.of(model)));
    }

    @Test
    void anUnknownModelIsMalformed() {
        assertThat(faults(ChargeModelParser.parse("standrad", Map.of())))
                .containsExactly("charge_model: Must be standard, graduated, volume or package, not \"standrad\".");
    }

    @Test
    void aPropertyThatMayChangeThePriceIsUnsupported() {
        assertThat(ChargeModelParser.parse("standard", Map.of("amount", "1", "grouped_by", List.of("region"))))
                .isEqualTo(new Unsupported(List.of("properties.grouped_by")));
    }

    @Test
    void emptyPropertiesAndThoseOfOtherModelsAreIgnored() {
        var properties = new HashMap<String, @Nullable Object>(Map.of("amount", "1", "free_units", 3));
        properties.put("grouped_by", List.of());
        properties.put("pricing_group_keys", null);

        assertThat(ChargeModelParser.parse("standard", properties))
                .isEqualTo(new Supported(new StandardModel(BigDecimal.ONE)));
    }

    @Test
    void errorsAreReportedBeforeUnsupportedProperties() {
        assertThat(faults(ChargeModelParser.parse("standard", Map.of("grouped_by", List.of("region")))))
                .hasSize(1);
    }

    private static ParsedChargeModel graduated(Map<?, ?>... ranges) {
        return ChargeModelParser.parse("graduated", Map.of("graduated_ranges", List.of(ranges)));
    }

    private static Map<String, @Nullable Object> range(
            Object from, @Nullable Object to, Object unitPrice, @Nullable Object flat) {
        var range = new HashMap<String, @Nullable Object>();
        range.put("from_value", from);
        range.put("to_value", to);
        range.put("per_unit_amount", unitPrice);
        range.put("flat_amount", flat);
        return range;
    }

    private static List<String> faults(ParsedChargeModel parsed) {
        assertThat(parsed).isInstanceOf(Malformed.class);
        return ((Malformed) parsed)
                .faults().stream()
                        .map(fault -> fault.field() + ": " + fault.message())
                        .toList();
    }
}
