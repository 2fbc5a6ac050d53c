package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Range of a graduated or volume charge: usage above its lower bound, up to and including its upper bound.
 *
 * @param above lower bound, exclusive; zero in the first
 * @param upTo upper bound, inclusive; absent in the last
 * @param unitPrice per kWh, not negative
 * @param flat amount owed once when the tier is reached, not negative
 */
public record Tier(Energy above, Optional<Energy> upTo, BigDecimal unitPrice, BigDecimal flat) {

    /** @throws IllegalArgumentException when a bound or an amount is negative, or the tier is empty */
    public Tier {
        if (above.isNegative() || unitPrice.signum() < 0 || flat.signum() < 0) {
            throw new IllegalArgumentException("A tier must not have a negative bound or amount (above " + above + ", "
                    + unitPrice + " per kWh, flat " + flat + ")");
        }
        if (upTo.filter(bound -> bound.compareTo(above) <= 0).isPresent()) {
            throw new IllegalArgumentException("A tier must end above its start (" + upTo.get() + " <= " + above + ")");
        }
    }

    /** Returns tiers with included energy before them: a first tier that costs nothing, and these shifted by it. */
    static List<Tier> after(Energy included, List<Tier> tiers) {
        if (included.isZero()) {
            return tiers;
        }
        var free = new Tier(Energy.ZERO, Optional.of(included), BigDecimal.ZERO, BigDecimal.ZERO);
        return Stream.concat(
                        Stream.of(free),
                        tiers.stream()
                                .map(tier -> new Tier(
                                        tier.above.plus(included),
                                        tier.upTo.map(bound -> bound.plus(included)),
                                        tier.unitPrice,
                                        tier.flat)))
                .toList();
    }

    public Band band() {
        return new Band(Optional.of(above), upTo);
    }

    /**
     * Returns these tiers if they cover all usage exactly once: the first starts at zero, each starts where the
     * previous one ends, the last is open.
     *
     * @throws IllegalArgumentException when they do not
     */
    static List<Tier> covering(List<Tier> tiers) {
        var expected = Optional.of(Energy.ZERO);
        for (var tier : tiers) {
            if (!expected.equals(Optional.of(tier.above))) {
                throw new IllegalArgumentException("Tier " + tier.band() + " must start where the one before it ends ("
                        + expected.map(Energy::toString).orElse("which is open") + ")");
            }
            expected = tier.upTo;
        }
        if (expected.isPresent()) {
            throw new IllegalArgumentException("The last tier must be open, not end at " + expected.get());
        }
        return List.copyOf(tiers);
    }
}
