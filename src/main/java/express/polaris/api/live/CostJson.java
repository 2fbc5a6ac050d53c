package express.polaris.api.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.billing.cost.CostLine;
import express.polaris.billing.cost.SessionCost;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Cost of a session, as JSON.
 *
 * @param amount as displayed: rounded to the currency's decimals; null when the coverage is {@code unknown}, and when
 *     the session spans plans of several currencies
 * @param amounts one amount per currency; left out unless there are several
 * @param coverage {@code included}, {@code billed} or {@code unknown}
 * @param interpolated whether energy that was measured over a change of price was split, in proportion to time;
 *     left out if not
 */
@Schema(name = "ApiCost")
public record CostJson(
        Optional<BigDecimal> amount,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Amount> amounts,
        String currency,
        String coverage,
        boolean estimate,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean interpolated,
        List<Line> lines) {

    /** Amount in one currency, rounded to its decimals. */
    public record Amount(BigDecimal amount, String currency) {

        static Amount of(Money money) {
            return new Amount(money.rounded().amount(), money.currency().getCurrencyCode());
        }
    }

    /**
     * Exact, unrounded: amount = unit price × energy, or × quantity for a fee, + flat amount.
     *
     * @param name of the time band, place or price series; left out for any time and place
     * @param hoursFrom start of a market price; left out for other prices
     * @param hoursTo its end, exclusive
     * @param metric what a fee counts, as in the plan; left out for energy
     * @param quantity sessions or minutes of a fee, after grace and cap
     */
    public record Line(
            Instant periodFrom,
            Instant periodTo,
            String plan,
            String band,
            BigDecimal energyKwh,
            BigDecimal unitPrice,
            BigDecimal flat,
            BigDecimal amount,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> name,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> hoursFrom,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> hoursTo,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> metric,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> quantity) {

        static Line of(CostLine line) {
            return new Line(
                    line.period().from(),
                    line.period().to(),
                    line.planCode(),
                    line.band().toString(),
                    line.energy().kilowattHours(),
                    CostJson.unitPrice(line.unitPrice(), line.currency()),
                    plain(line.flat()),
                    plain(line.amount()),
                    line.name(),
                    line.hours().map(Interval::from),
                    line.hours().map(Interval::to),
                    line.fee().map(fee -> fee.metric().code()),
                    line.fee().map(CostLine.Fee::quantity).map(CostJson::plain));
        }
    }

    static CostJson of(SessionCost cost) {
        return new CostJson(
                cost.amount().map(amount -> amount.rounded().amount()),
                cost.amounts().size() > 1
                        ? cost.amounts().stream().map(Amount::of).toList()
                        : List.of(),
                cost.currency().getCurrencyCode(),
                cost.coverage().name().toLowerCase(Locale.ROOT),
                cost.estimate(),
                cost.isSplit(),
                cost.lines().stream().map(Line::of).toList());
    }

    /** Price per kWh, with at least the currency's decimals. */
    public static BigDecimal unitPrice(BigDecimal price, Currency currency) {
        return atLeast(price, currency.getDefaultFractionDigits());
    }

    /** Strips trailing zeros and the exponent. */
    public static BigDecimal plain(BigDecimal value) {
        return atLeast(value, 0);
    }

    /** With at least this many decimals, more if the value needs them. */
    public static BigDecimal atLeast(BigDecimal value, int decimals) {
        var stripped = value.stripTrailingZeros();
        return stripped.setScale(Math.max(decimals, stripped.scale()), RoundingMode.UNNECESSARY);
    }
}
