package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChargeModelTest {

    /** 10 per kWh plus 2 once up to 10 kWh, then 5 per kWh plus 3 once. */
    private static final List<Tier> TWO_TIERS = List.of(tier("0", "10", "10", "2"), openTier("10", "5", "3"));

    private static final ChargeModel GRADUATED = new GraduatedModel(TWO_TIERS);
    private static final ChargeModel VOLUME = new VolumeModel(TWO_TIERS);
    private static final ChargeModel PACKAGE = new PackageModel(new BigDecimal("100"), kWh("10"), kWh("5"));

    @Test
    void tenUnitsStayInTheFirstTier() {
        assertThat(GRADUATED.rate(kWh("10"))).isEqualByComparingTo("102"); // 10×10+2
    }

    @Test
    void elevenUnitsOpenTheSecondTier() {
        assertThat(GRADUATED.rate(kWh("11"))).isEqualByComparingTo("110"); // 10×10+2 + 1×5+3
    }

    @Test
    void aSliceThatEndsExactlyAtATiersEndDoesNotOpenTheNext() {
        assertThat(lines(GRADUATED, "8", "2")).containsExactly("0–10: 10 × 2 + 0 = 20");
    }

    @Test
    void theNextSliceFromATiersEndOpensTheNext() {
        assertThat(lines(GRADUATED, "10", "0.001")).containsExactly("10–∞: 5 × 0.001 + 3 = 3.005");
    }

    @Test
    void aSliceAcrossABoundIsSplit() {
        assertThat(lines(GRADUATED, "0", "12")).containsExactly("0–10: 10 × 10 + 2 = 102", "10–∞: 5 × 2 + 3 = 13");
    }

    @Test
    void energyTakenBackIsRefundedAtItsCost() {
        assertThat(lines(GRADUATED, "12", "-12"))
                .containsExactly("10–∞: 5 × -2 + -3 = -13", "0–10: 10 × -10 + -2 = -102");
    }

    @Test
    void aRunningTotalBelowZeroCostsNothingUntilItIsAboveZeroAgain() {
        assertThat(lines(GRADUATED, "-3", "4")).containsExactly("−∞–0: 0 × 3 + 0 = 0", "0–10: 10 × 1 + 2 = 12");
        assertThat(lines(GRADUATED, "1", "-4")).containsExactly("0–10: 10 × -1 + -2 = -12", "−∞–0: 0 × -3 + 0 = 0");
    }

    @Test
    void aSliceWithoutEnergyHasNoLinesAndCostsNothing() {
        for (var model : List.of(GRADUATED, VOLUME, PACKAGE)) {
            assertThat(Rating.of(model, Energy.ZERO, Energy.ZERO).amount()).isEqualByComparingTo("0");
            assertThat(lines(model, "10", "0")).isEmpty();
        }
    }

    @Test
    void enteringAVolumeTierRepricesEarlierEnergy() {
        // 12×5+3 = 63 instead of 9×10+2 = 92: −29 = 3×5 − 44
        assertThat(lines(VOLUME, "9", "3")).containsExactly("10–∞: 5 × 3 + -44 = -29");
    }

    @Test
    void aVolumeTotalExactlyAtATiersEndStaysInThatTier() {
        assertThat(lines(VOLUME, "9", "1")).containsExactly("0–10: 10 × 1 + 0 = 10");
    }

    @Test
    void startedPackagesAreAFlatAmountAfterTheFreeEnergy() {
        // 3 kWh free, 12 kWh start two packages of 10
        assertThat(lines(PACKAGE, "2", "15")).containsExactly("0–5: 0 × 3 + 0 = 0", "5–∞: 0 × 12 + 200 = 200");
    }

    @Test
    void aStandardPriceHasOneBand() {
        assertThat(lines(new StandardModel(new BigDecimal("0.42")), "7", "3"))
                .containsExactly("0–∞: 0.42 × 3 + 0 = 1.26");
    }

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
    @CsvSource({
        "EUR, 0.00, 0.01, 0.00", // 0.00333, 0.00666, 0.00999 → 0.00, 0.01, 0.01
        "JPY, 0, 0, 0",
        "KWD, 0.003, 0.004, 0.003" // 0.003, 0.007, 0.010
    })
    void roundedSlicesAddUpToTheRoundedTotal(String currency, String first, String second, String third) {
        var charge = new Charge(new StandardModel(new BigDecimal("0.01")), Currency.getInstance(currency));
        var slice = kWh("0.333");

        assertThat(charge.roundedAmount(kWh("0"), slice).amount()).isEqualTo(first);
        assertThat(charge.roundedAmount(kWh("0.333"), slice).amount()).isEqualTo(second);
        assertThat(charge.roundedAmount(kWh("0.666"), slice).amount()).isEqualTo(third);
        assertThat(charge.total(kWh("0.999")).rounded().amount())
                .isEqualTo(new BigDecimal(first).add(new BigDecimal(second)).add(new BigDecimal(third)));
    }

    @ParameterizedTest
    @CsvSource({"0.005, 0.01", "0.015, 0.02", "0.0049, 0.00", "0.025, 0.03"})
    void halfACentRoundsUp(String price, String rounded) {
        var charge = new Charge(new StandardModel(new BigDecimal(price)), Currency.getInstance("EUR"));

        assertThat(charge.roundedAmount(Energy.ZERO, kWh("1")).amount()).isEqualTo(rounded);
        assertThat(charge.rate(Energy.ZERO, kWh("1")).amount()).isEqualByComparingTo(price);
    }

    @Test
    void linesOfOneBandMergeIntoOne() {
        var slices = List.of(Rating.of(GRADUATED, kWh("0"), kWh("4")), Rating.of(GRADUATED, kWh("4"), kWh("8")));
        var lines = slices.stream().flatMap(rating -> rating.lines().stream()).toList();

        assertThat(PriceLine.merged(lines).stream().map(ChargeModelTest::text))
                .containsExactly("0–10: 10 × 10 + 2 = 102", "10–∞: 5 × 2 + 3 = 13");
    }

    @Test
    void aRatingWhoseLinesDoNotAddUpIsRefused() {
        var line = new PriceLine(Band.USAGE, kWh("2"), BigDecimal.TEN, BigDecimal.ONE);

        assertThatIllegalArgumentException().isThrownBy(() -> new Rating(new BigDecimal("20"), List.of(line)));
    }

    @Test
    void tiersWithAGapAnOverlapOrABoundedLastTierAreRefused() {
        var first = tier("0", "10", "1", "0");
        for (var tiers : Arrays.asList(
                List.<Tier>of(),
                List.of(first),
                List.of(openTier("1", "1", "0")),
                List.of(first, openTier("11", "1", "0")),
                List.of(first, openTier("9", "1", "0")),
                List.of(openTier("0", "1", "0"), openTier("10", "1", "0")))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new GraduatedModel(tiers));
            assertThatIllegalArgumentException().isThrownBy(() -> new VolumeModel(tiers));
        }
    }

    private static List<String> lines(ChargeModel model, String before, String slice) {
        return Rating.of(model, kWh(before), kWh(slice)).lines().stream()
                .map(ChargeModelTest::text)
                .toList();
    }

    private static String text(PriceLine line) {
        return line.band() + ": " + plain(line.unitPrice()) + " × "
                + plain(line.energy().kilowattHours()) + " + " + plain(line.flat()) + " = " + plain(line.amount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0–100", "100–∞", "0–∞", "−∞–0", "0.5–1250.25"})
    void aBandIsReadAsItIsFormatted(String text) {
        assertThat(Band.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0-100", "100–0", "∞–∞", "a–b"})
    void nothingElseIsReadAsABand(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Band.parse(text));
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    static Tier tier(String above, String upTo, String unitPrice, String flat) {
        return new Tier(kWh(above), Optional.of(kWh(upTo)), new BigDecimal(unitPrice), new BigDecimal(flat));
    }

    static Tier openTier(String above, String unitPrice, String flat) {
        return new Tier(kWh(above), Optional.empty(), new BigDecimal(unitPrice), new BigDecimal(flat));
    }

    static Energy kWh(String kilowattHours) {
        return Energy.ofKilowattHours(kilowattHours);
    }
}
