package express.polaris.billing.tariffs;

import express.polaris.billing.pricing.PriceSeries;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/**
 * Price series without its prices.
 *
 * @param currency of all its prices
 * @param unit in which prices are given and shown
 * @param from start of its first price
 * @param to end of its last price
 * @param poll last poll of its address; empty if it was never polled
 */
public record StoredSeries(
        long id,
        String code,
        String name,
        Currency currency,
        Unit unit,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Poll> poll) {

    /** Unit of energy that a price is for. */
    public enum Unit {
        KWH(0),
        MWH(3);

        private final int digits;

        Unit(int digits) {
            this.digits = digits;
        }

        /** Name in JSON: {@code kwh} or {@code mwh}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Converts a price per this unit. */
        public BigDecimal perKwh(BigDecimal price) {
            return price.movePointLeft(digits);
        }

        /** Returns the price per this unit. */
        public BigDecimal of(PriceSeries.Price price) {
            var shown = price.perKwh().movePointRight(digits).stripTrailingZeros();
            return shown.scale() < 0 ? shown.setScale(0) : shown;
        }
    }

    /**
     * Poll of the series' address.
     *
     * @param failure name of a {@link PollFailure}; empty if it succeeded
     * @param failingSince instant of the first of the polls that failed in a row
     */
    public record Poll(Instant at, Optional<PollFailure> failure, Optional<Instant> failingSince) {}

    /** Why a poll brought no prices. */
    public enum PollFailure {
        /** No connection, or no complete answer in time. */
        UNREACHABLE,
        /** An answer other than 200. */
        REFUSED,
        /** More than 1 MiB. */
        TOO_LARGE,
        /** Not the documented JSON form. */
        UNREADABLE,
        /** Prices that are not valid, e.g. two that overlap. */
        INVALID
    }
}
