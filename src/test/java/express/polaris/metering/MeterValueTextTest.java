package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Energy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterValueTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1000|1000",
                "1000.0004|1000", // rounded to 0.001 Wh
                "1000.0005|1000.001", // half up
                "5.05E5|505000", // 5.05 × 10⁵
                "5.05e+05|505000",
                "1E-3|0.001",
                " 12 |12",
                "+7|7",
                "-7|-7",
                ".5|0.5",
                "5.|5",
                "9999999999.999|9999999999.999",
                "0E30|0",
            })
    void aDecimalNumberIsReadInWattHours(String text, String wattHours) {
        assertThat(MeterValueText.parse(text)).isEqualTo(new MeterValueText.Readable(Energy.ofWattHours(wattHours)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"4000.138|kWh|4000138", "4000|Wh|4000", "4000|''|4000", "1E-3|kWh|1"})
    void theUnitScalesToWattHours(String text, String unit, String wattHours) {
        assertThat(MeterValueText.parse(text, Optional.of(unit)))
                .isEqualTo(new MeterValueText.Readable(Energy.ofWattHours(wattHours)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|empty",
                "'   '|empty",
                "abc|not a decimal number",
                "505,5|not a decimal number",
                "1 000|not a decimal number",
                "NaN|not a decimal number",
                "Infinity|not a decimal number",
                "0x1F|not a decimal number",
                "1f|not a decimal number",
                "1E|not a decimal number",
                "--1|not a decimal number",
                ".|not a decimal number",
                "١٢|not a decimal number",
                "1E99999999|exponent beyond ±30",
                "1E-99999999|exponent beyond ±30",
                "1E2147483648|exponent beyond ±30",
                "0E31|exponent beyond ±30",
                "10000000000|10000000000 Wh or more",
                "-1E10|10000000000 Wh or more",
                "9999999999.9995|10000000000 Wh or more", // rounds up to 10¹⁰
                "100000000000000000000000000000000|longer than 32 characters",
            })
    void anythingElseIsUnreadableForAReason(String text, String reason) {
        assertThat(MeterValueText.parse(text)).isEqualTo(new MeterValueText.Unreadable(reason));
    }

    @Test
    void theLimitAppliesAfterUnitConversion() {
        // 10 000 000 kWh = 10¹⁰ Wh
        assertThat(MeterValueText.parse("10000000", Optional.of("kWh")))
                .isEqualTo(new MeterValueText.Unreadable("10000000000 Wh or more"));
    }

    @Test
    void anotherUnitIsUnreadable() {
        assertThat(MeterValueText.parse("1", Optional.of("varh")))
                .isEqualTo(new MeterValueText.Unreadable("unit is neither Wh nor kWh"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E99999999", "-1e999999999", "1E-999999999", "9E+2147483647"})
    void aHugeExponentCostsNothing(String text) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(1),
                () -> assertThat(MeterValueText.parse(text)).isInstanceOf(MeterValueText.Unreadable.class));
    }
}
