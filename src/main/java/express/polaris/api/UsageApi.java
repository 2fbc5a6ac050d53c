package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.api.live.CostJson;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.TierUsage;
import express.polaris.billing.cost.UsageDay;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.platform.refusals.BadParameter;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The driver's usage in a billing period or year. */
@RestController
class UsageApi {

    private final UsageService usage;

    UsageApi(UsageService usage) {
        this.usage = usage;
    }

    /**
     * Usage so far.
     *
     * @param disputedKwh energy of sessions in dispute, not part of {@code energyKwh}; left out when zero
     * @param rolledOverKwh included energy that earlier billing periods left to this one; left out when zero
     * @param timeZone zone of the days
     * @param tiers empty without a subscription and when the price cannot be computed; for a year, those of all its
     *     billing periods
     * @param fees per session and minute; left out without any
     */
    record Json(
            Instant from,
            Instant to,
            String timeZone,
            BigDecimal energyKwh,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> disputedKwh,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> rolledOverKwh,
            Cost cost,
            List<Tier> tiers,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fee> fees,
            List<Day> days) {

        static Json of(PeriodUsage usage) {
            return new Json(
                    usage.period().from(),
                    usage.period().to(),
                    usage.timeZone().getId(),
                    usage.energy().kilowattHours(),
                    Optional.of(usage.disputed())
                            .filter(energy -> !energy.isZero())
                            .map(Energy::kilowattHours),
                    Optional.of(usage.rolledOver())
                            .filter(energy -> !energy.isZero())
                            .map(Energy::kilowattHours)
                            .map(CostJson::plain),
                    Cost.of(usage),
                    usage.tiers().stream()
                            .map(tier -> Tier.of(tier, usage.currency()))
                            .toList(),
                    usage.fees().stream()
                            .map(fee -> Fee.of(fee, usage.currency()))
                            .toList(),
                    usage.days().stream().map(Day::of).toList());
        }
    }

    /**
     * Cost of energy, sessions and minutes, without the plan's fee.
     *
     * @param amount as displayed: rounded to the currency's decimals; null when the coverage is {@code unknown}
     */
    record Cost(Optional<BigDecimal> amount, String currency, String coverage) {

        static Cost of(PeriodUsage usage) {
            return new Cost(
                    usage.amount().map(Money::rounded).map(Money::amount),
                    usage.currency().getCurrencyCode(),
                    usage.coverage().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * Usage of a tier of the plan's charge.
     *
     * @param from kWh of the period's usage, exclusive
     * @param to inclusive; null for the last tier
     * @param amount unit price × energy + flat amount
     * @param name of the time band, place or price series; left out for any time and place. For a market price the unit
     *     price is 0, and the flat amount is that of all hours
     */
    record Tier(
            BigDecimal from,
            Optional<BigDecimal> to,
            BigDecimal energyKwh,
            BigDecimal unitPrice,
            BigDecimal flat,
            BigDecimal amount,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> name) {

        static Tier of(TierUsage tier, Currency currency) {
            return new Tier(
                    CostJson.plain(tier.above().kilowattHours()),
                    tier.upTo().map(Energy::kilowattHours).map(CostJson::plain),
                    tier.energy().kilowattHours(),
                    CostJson.atLeast(tier.unitPrice(), currency.getDefaultFractionDigits()),
                    CostJson.plain(tier.flat()),
                    CostJson.plain(tier.amount()),
                    tier.name());
        }
    }

    /**
     * Price of sessions or minutes.
     *
     * @param metric what the plan's charge counts
     * @param name of the time band or place; left out for any time and place
     * @param quantity sessions or minutes
     * @param amount unit price × quantity, and a tier's flat amounts; unrounded
     */
    record Fee(
            String metric,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> name,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal amount) {

        static Fee of(FeeLine fee, Currency currency) {
            return new Fee(
                    fee.metric().code(),
                    fee.name(),
                    CostJson.plain(fee.quantity()),
                    CostJson.unitPrice(fee.unitPrice(), currency),
                    CostJson.plain(fee.amount()));
        }
    }

    /** @param cost unrounded; null when some of the day's energy has no price */
    record Day(LocalDate date, BigDecimal energyKwh, Optional<BigDecimal> cost) {

        static Day of(UsageDay day) {
            return new Day(
                    day.date(),
                    day.energy().kilowattHours(),
                    day.cost().map(Money::amount).map(CostJson::plain));
        }
    }

    @GetMapping("/api/v1/usage")
    @Operation(
            summary = "Usage of the billing period by tier and by day",
            description =
                    "`period` is `current`, `previous` or `year` (the calendar year). Without a subscription it is the "
                            + "calendar month, and the price is `unknown`.")
    Json usage(@RequestParam Optional<String> period, @SignedInAccount Account driver) {
        var span = period.map(UsageApi::span).orElse(PeriodUsage.Span.CURRENT);
        return Json.of(usage.of(driver.id(), span, driver.timeZone()));
    }

    private static PeriodUsage.Span span(String text) {
        return Arrays.stream(PeriodUsage.Span.values())
                .filter(span -> span.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new BadParameter("period", "current, previous or year"));
    }
}
