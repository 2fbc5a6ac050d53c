package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties that hold for every plan and every division of its usage. */
class RatingPropertiesTest {

    /** Fails if sessions do not add up to the invoice. */
    @Property
    void slicesAddUpToTheWholeExactly(@ForAll("models") ChargeModel model, @ForAll("cuts") List<Energy> slices) {
        var total = Energy.ZERO;
        var amount = BigDecimal.ZERO;
        var lineAmount = BigDecimal.ZERO;
        for (var slice : slices) {
            var rating = Rating.of(model, total, slice);
            amount = amount.add(rating.amount());
            lineAmount = lineAmount.add(sum(rating.lines()));
            total = total.plus(slice);
        }

        assertThat(amount).isEqualByComparingTo(owed(model, total)).isEqualByComparingTo(lineAmount);
    }

    @Property
    void roundedSlicesAddUpToTheRoundedWhole(
            @ForAll("models") ChargeModel model, @ForAll("cuts") List<Energy> slices, @ForAll("digits") int digits) {
        var total = Energy.ZERO;
        var amount = BigDecimal.ZERO;
        for (var slice : slices) {
            amount = amount.add(Rating.roundedAmount(model, total, slice, digits));
            total = total.plus(slice);
        }

        assertThat(amount).isEqualTo(Rating.roundedAmount(model, Energy.ZERO, total, digits));
    }

    @Property
    void linesAddUpToTheRatingAndItsEnergy(
            @ForAll("models") ChargeModel model, @ForAll("totals") Energy before, @ForAll("slices") Energy slice) {
        var rating = Rating.of(model, before, slice);
        var difference = owed(model, before.plus(slice)).subtract(owed(model, before));

        assertThat(rating.amount()).isEqualByComparingTo(difference);
        assertThat(sum(rating.lines())).isEqualByComparingTo(difference);
        assertThat(rating.lines().stream().map(PriceLine::energy).reduce(Energy.ZERO, Energy::plus))
                .isEqualTo(slice);
        assertThat(rating.lines()).allSatisfy(line -> {
            var product = line.unitPrice().multiply(line.energy().kilowattHours());
            assertThat(line.amount()).isEqualByComparingTo(product.add(line.flat()));
            assertThat(line.energy().isNegative()).isEqualTo(slice.isNegative());
            assertThat(line.energy().isZero()).isFalse();
        });
    }

    @Property
    void takingASliceBackRefundsItsCost(
            @ForAll("models") ChargeModel model, @ForAll("totals") Energy before, @ForAll("slices") Energy slice) {
        var there = Rating.of(model, before, slice).amount();
        var back = Rating.of(model, before.plus(slice), slice.negated()).amount();

        assertThat(there.add(back)).isEqualByComparingTo("0");
    }

    @Property
    void mergedLinesKeepEnergyAndAmount(@ForAll("models") ChargeModel model, @ForAll("cuts") List<Energy> slices) {
        var lines = new ArrayList<PriceLine>();
        var total = Energy.ZERO;
        for (var slice : slices) {
            lines.addAll(Rating.of(model, total, slice).lines());
            total = total.plus(slice);
        }
        var merged = PriceLine.merged(lines);

        assertThat(sum(merged)).isEqualByComparingTo(sum(lines));
        assertThat(merged.stream().map(PriceLine::energy).reduce(Energy.ZERO, Energy::plus))
                .isEqualTo(total);
        assertThat(merged.stream().map(line -> line.band() + " " + line.unitPrice()))
                .doesNotHaveDuplicates();
    }

    /** Computed independently of the module: the amount owed for a running total according to the vectors. */
    private static BigDecimal owed(ChargeModel model, Energy total) {
        if (!total.isPositive()) {
            return BigDecimal.ZERO;
        }
        var units = total.kilowattHours();
        return switch (model) {
            case StandardModel(var price) -> units.multiply(price);
            case PackageModel(var price, var size, var free) -> {
                var packages = 0;
                for (var filled = free; filled.compareTo(total) < 0; filled = filled.plus(size)) {
                    packages++;
                }
                yield price.multiply(BigDecimal.valueOf(packages));
            }
            case VolumeModel(var tiers, var included) ->
                tiers.stream()
                        .filter(tier -> total.compareTo(included) > 0 || included.isZero())
                        .filter(tier -> tier.upTo().isEmpty()
                                || total.minus(included).compareTo(tier.upTo().get()) <= 0)
                        .findFirst()
                        .map(tier -> tier.unitPrice()
                                .multiply(units.subtract(included.kilowattHours()))
                                .add(tier.flat()))
                        .orElse(BigDecimal.ZERO);
            case GraduatedModel(var tiers) ->
                tiers.stream()
                        .filter(tier -> total.compareTo(tier.above()) > 0)
                        .map(tier -> tier.upTo()
                                .map(Energy::kilowattHours)
                                .orElse(units)
                                .min(units)
                                .subtract(tier.above().kilowattHours())
                                .multiply(tier.unitPrice())
                                .add(tier.flat()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        };
    }

    private static BigDecimal sum(List<PriceLine> lines) {
        return lines.stream().map(PriceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Provide
    Arbitrary<ChargeModel> models() {
        var standard = prices().map(StandardModel::new);
        var packages = Combinators.combine(prices(), wattHours(10_000, 50_000_000), wattHours(0, 50_000_000))
                .as(PackageModel::new);
        var volumes = Combinators.combine(tiers(), wattHours(0, 50_000_000)).as(VolumeModel::new);
        return Arbitraries.oneOf(
                standard, packages, tiers().map(GraduatedModel::new), tiers().map(VolumeModel::new), volumes);
    }

    /** Generates the widths of all tiers but the last, so that the bounds are in order. */
    private static Arbitrary<List<Tier>> tiers() {
        var width = Arbitraries.oneOf(
                wattHours(1, 50_000_000), Arbitraries.of(1, 5, 10, 20).map(RatingPropertiesTest::wholeUnits));
        var flat = Arbitraries.oneOf(Arbitraries.just(BigDecimal.ZERO), prices());
        record Priced(Energy width, BigDecimal unitPrice, BigDecimal flat) {}
        Function<List<Priced>, List<Tier>> chain = list -> {
            var tiers = new ArrayList<Tier>();
            var above = Energy.ZERO;
            for (var priced : list) {
                var last = tiers.size() == list.size() - 1;
                var upTo = last ? Optional.<Energy>empty() : Optional.of(above.plus(priced.width()));
                tiers.add(new Tier(above, upTo, priced.unitPrice(), priced.flat()));
                above = above.plus(priced.width());
            }
            return tiers;
        };
        return Combinators.combine(width, prices(), flat)
                .as(Priced::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(chain);
    }

    @Provide
    Arbitrary<List<Energy>> cuts() {
        return slices().list().ofMinSize(1).ofMaxSize(12);
    }

    /** Mostly whole kWh, to hit bounds exactly, otherwise any multiple of 0.001 Wh, including negative and zero. */
    @Provide
    Arbitrary<Energy> slices() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(-20, 60).map(RatingPropertiesTest::wholeUnits),
                wattHours(-20_000_000, 60_000_000));
    }

    @Provide
    Arbitrary<Energy> totals() {
        return slices();
    }

    @Provide
    Arbitrary<Integer> digits() {
        return Arbitraries.of(0, 2, 3);
    }

    private static Arbitrary<BigDecimal> prices() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(200))
                .ofScale(5);
    }

    private static Arbitrary<Energy> wattHours(long fromMilliwattHours, long toMilliwattHours) {
        return Arbitraries.longs()
                .between(fromMilliwattHours, toMilliwattHours)
                .map(value -> Energy.ofWattHours(BigDecimal.valueOf(value, 3)));
    }

    private static Energy wholeUnits(int kilowattHours) {
        return Energy.ofKilowattHours(BigDecimal.valueOf(kilowattHours));
    }
}
