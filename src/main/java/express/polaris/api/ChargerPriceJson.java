package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.api.live.CostJson;
import express.polaris.billing.cost.DriverPrices;
import express.polaris.billing.cost.NextPrice;
import express.polaris.units.Energy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Price of charging at one charger for the driver who asks.
 *
 * @param currency null without a plan whose price can be computed
 * @param pricePerKwh price of the driver's next kWh there; null when unknown, and when the plan charges by packages of
 *     another size
 * @param now null without a plan whose price can be computed
 * @param hours the next 24 hours; empty without a plan
 * @param fees of a session there; empty without any
 */
@Schema(name = "ApiChargerPrice")
record ChargerPriceJson(
        Optional<String> currency,
        Optional<BigDecimal> pricePerKwh,
        Optional<Now> now,
        List<Hours> hours,
        List<Fee> fees) {

    static final ChargerPriceJson UNKNOWN =
            new ChargerPriceJson(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    /**
     * Each started package costs its full price.
     *
     * @param size in kWh
     */
    @Schema(name = "ApiPricePackage")
    record Package(BigDecimal price, BigDecimal size) {

        private static List<Package> of(List<NextPrice.Package> packages, Currency currency) {
            return packages.stream()
                    .map(some -> new Package(CostJson.unitPrice(some.price(), currency), kwh(some.size())))
                    .toList();
        }
    }

    /**
     * @param pricePerKwh null while a market price is missing, and with packages
     * @param packages packages that the next kWh falls into; left out without any
     * @param besidePackages price per kWh that is charged beside the packages; left out without
     * @param once part of the price that the following kWh does not have, e.g. a tier's flat amount
     * @param leftKwh energy until the price changes with usage; null when it does not
     * @param until instant until which the price stays as it is by time
     * @param name of the time band, place or price series
     */
    @Schema(name = "ApiPriceNow")
    record Now(
            Optional<BigDecimal> pricePerKwh,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Package> packages,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> besidePackages,
            Optional<BigDecimal> once,
            Optional<BigDecimal> leftKwh,
            Instant until,
            Optional<String> name) {}

    /**
     * @param pricePerKwh of the first kWh; null while a market price is missing, and with packages
     * @param packages packages that the first kWh falls into; left out without any
     * @param besidePackages price per kWh that is charged beside the packages; left out without
     * @param name of the time band, place or price series
     */
    @Schema(name = "ApiPriceHours")
    record Hours(
            Instant from,
            Instant to,
            Optional<BigDecimal> pricePerKwh,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Package> packages,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> besidePackages,
            Optional<String> name) {

        private static Hours of(DriverPrices.Hours span, Currency currency) {
            var packages = span.packages();
            return new Hours(
                    span.from(),
                    span.to(),
                    span.perKwh().filter(price -> packages.isEmpty()).map(price -> CostJson.unitPrice(price, currency)),
                    Package.of(packages, currency),
                    span.perKwh().flatMap(price -> beside(price, packages, currency)),
                    span.name());
        }
    }

    /**
     * @param metric {@code session}, {@code connected_minutes}, {@code charging_minutes} or {@code idle_minutes}
     * @param unitPrice per session or minute; null when the plan charges by packages of several
     * @param graceMinutes minutes of each session that cost nothing
     * @param capMinutes most minutes of each session that cost something; null without a limit
     * @param name of the time band or place
     */
    @Schema(name = "ApiPriceFee")
    record Fee(
            String metric,
            Optional<BigDecimal> unitPrice,
            BigDecimal graceMinutes,
            Optional<BigDecimal> capMinutes,
            Optional<String> name) {}

    /** Returns the price of the next kWh as one number. */
    static Optional<BigDecimal> perKwh(DriverPrices prices, String chargeBox) {
        return prices.now(chargeBox)
                .price()
                .flatMap(NextPrice::asOneNumber)
                .map(price -> CostJson.unitPrice(price, prices.plan().currency()));
    }

    static ChargerPriceJson of(DriverPrices prices, String chargeBox) {
        var currency = prices.plan().currency();
        var hours = prices.hours(chargeBox);
        var now = prices.now(chargeBox);
        return new ChargerPriceJson(
                Optional.of(currency.getCurrencyCode()),
                perKwh(prices, chargeBox),
                Optional.of(new Now(
                        perKwh(prices, chargeBox),
                        Package.of(now.price().map(NextPrice::packages).orElse(List.of()), currency),
                        now.price().flatMap(price -> beside(price.perKwh(), price.packages(), currency)),
                        now.price().map(price -> CostJson.plain(price.once())),
                        now.price().flatMap(NextPrice::left).map(ChargerPriceJson::kwh),
                        hours.getFirst().to(),
                        now.name())),
                hours.stream().map(span -> Hours.of(span, currency)).toList(),
                prices.fees(chargeBox).stream().map(fee -> fee(fee, currency)).toList());
    }

    private static Optional<BigDecimal> beside(BigDecimal perKwh, List<NextPrice.Package> packages, Currency currency) {
        return Optional.of(perKwh)
                .filter(price -> !packages.isEmpty() && price.signum() != 0)
                .map(price -> CostJson.unitPrice(price, currency));
    }

    private static Fee fee(DriverPrices.Fee fee, Currency currency) {
        return new Fee(
                fee.metric().code(),
                fee.unitPrice().map(price -> CostJson.unitPrice(price, currency)),
                minutes(fee.grace()),
                fee.cap().map(ChargerPriceJson::minutes),
                fee.name());
    }

    private static BigDecimal minutes(Duration duration) {
        return CostJson.plain(
                BigDecimal.valueOf(duration.toSeconds()).divide(BigDecimal.valueOf(60), 6, RoundingMode.HALF_UP));
    }

    private static BigDecimal kwh(Energy energy) {
        return CostJson.plain(energy.kilowattHours());
    }
}
