package express.polaris.documents;

import express.polaris.units.Consumption;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Formats quantities and times for one viewer. Numbers come without their unit unless the method says otherwise, so
 * that a page can set the unit in smaller type. {@code format.js} writes the same numbers in the browser.
 *
 * @param locale determines separators, the position of the currency and the order of a date
 * @param zone zone of the formatted instants
 * @param consumption converts energy to distance; empty for no distances
 */
public record Format(Locale locale, ZoneId zone, Optional<Consumption> consumption) {

    /** Placeholder for a missing value. */
    public static final String MISSING = "–";

    private static final BigDecimal ONE_DECIMAL_FROM_KILOWATTS = BigDecimal.TEN;
    private static final int UNIT_PRICE_DECIMALS = 6;
    private static final int FINER_DIGITS = 2;

    /** Format without distances. */
    public Format(Locale locale, ZoneId zone) {
        this(locale, zone, Optional.empty());
    }

    /** kWh with three decimals, as on a session's page. */
    public String energy(Energy energy) {
        return number(energy.kilowattHours(), 3, 3);
    }

    /** kWh with two decimals, as in lists. */
    public String energyShort(Energy energy) {
        return number(energy.kilowattHours(), 2, 2);
    }

    /** kWh with three decimals and an explicit sign, as for the energy that a reading added. */
    public String energyStep(Energy energy) {
        return (energy.isPositive() ? "+" : "") + energy(energy);
    }

    /** kWh without trailing zeros, as for bounds. */
    public String plainEnergy(Energy energy) {
        return number(energy.kilowattHours(), 0, 3);
    }

    /** {@code ≈ 38 km}: the range in whole units, with the unit; empty for a viewer without distances. */
    public Optional<String> range(Energy energy) {
        return consumption.map(car ->
                "≈ " + number(car.distance(energy, 0), 0, 0) + " " + car.unit().symbol());
    }

    /** A car's consumption without its unit, as in the form field. */
    public String consumption(Consumption car) {
        return number(car.value(), 0, 2);
    }

    /** kW with two decimals, with one from 10 kW up. */
    public String power(Power power) {
        var kilowatts = power.kilowatts().setScale(2, RoundingMode.HALF_UP);
        int decimals = kilowatts.abs().compareTo(ONE_DECIMAL_FROM_KILOWATTS) < 0 ? 2 : 1;
        return number(decimals == 2 ? kilowatts : power.kilowatts(), decimals, decimals);
    }

    public String power(Optional<Power> power) {
        return power.map(this::power).orElse(MISSING);
    }

    /** A connector's limit in kW, without trailing zeros. */
    public String limit(Power power) {
        return number(power.kilowatts(), 0, 1);
    }

    /** Amount with its currency, rounded to the currency's digits. */
    public String money(Money money) {
        var rounded = money.rounded();
        int digits = rounded.currency().getDefaultFractionDigits();
        return styles().amount(rounded.amount(), rounded.currency(), digits, digits);
    }

    public String money(Optional<Money> money) {
        return money.map(this::money).orElse(MISSING);
    }

    /** One amount per currency. */
    public String money(List<Money> amounts) {
        return amounts.isEmpty() ? MISSING : amounts.stream().map(this::money).collect(Collectors.joining(" + "));
    }

    /** Amount with two more digits than the currency has, for a step or a line before the sum is rounded. */
    public String finerMoney(Money money) {
        int digits = money.currency().getDefaultFractionDigits() + FINER_DIGITS;
        return styles().amount(money.amount(), money.currency(), digits, digits);
    }

    /** Price per kWh with at least the currency's digits and at most six. */
    public String unitPrice(BigDecimal price, Currency currency) {
        return styles().amount(price, currency, currency.getDefaultFractionDigits(), UNIT_PRICE_DECIMALS);
    }

    /** Power in percent of the limit, from 0 to 100, for the length of a bar. */
    public String share(Optional<Power> power, Power limit) {
        if (limit.watts().signum() <= 0) {
            return "0";
        }
        return power.map(it -> it.watts()
                        .multiply(BigDecimal.valueOf(100))
                        .divide(limit.watts(), 1, RoundingMode.HALF_UP)
                        .max(BigDecimal.ZERO)
                        .min(BigDecimal.valueOf(100))
                        .toPlainString())
                .orElse("0");
    }

    /** Time since the instant; zero if it lies in the future. */
    public Duration age(Instant instant, Instant now) {
        return instant.isAfter(now) ? Duration.ZERO : Duration.between(instant, now);
    }

    public String count(long count) {
        return number(BigDecimal.valueOf(count), 0, 0);
    }

    /** A percentage from 0 to 100, without the percent sign. */
    public String percent(Optional<Integer> percent) {
        return percent.map(value -> number(BigDecimal.valueOf(value), 0, 0)).orElse(MISSING);
    }

    /** A part in percent of a non-zero whole, without decimals and percent sign. */
    public String percentOf(Energy part, Energy whole) {
        return number(
                part.wattHours().multiply(BigDecimal.valueOf(100)).divide(whole.wattHours(), 0, RoundingMode.HALF_UP),
                0,
                0);
    }

    /**
     * {@code 0–100 kWh}, {@code above 100 kWh}: bounds of a tier, with the unit; empty if it has the whole usage.
     *
     * @param above absent = no lower bound
     * @param upTo absent = no upper bound
     */
    public String band(Optional<Energy> above, Optional<Energy> upTo) {
        var texts = Texts.of(locale);
        var from = above.filter(bound -> bound.isPositive() || upTo.isPresent()).map(this::plainEnergy);
        if (upTo.isEmpty()) {
            return from.map(bound -> texts.get("band.above", bound)).orElse("");
        }
        var to = plainEnergy(upTo.get());
        return from.map(bound -> texts.get("band.between", bound, to)).orElseGet(() -> texts.get("band.upTo", to));
    }

    /** A rate in percent without trailing zeros and percent sign. */
    public String rate(BigDecimal percent) {
        return number(percent, 0, 4);
    }

    /** {@code 42 s}, {@code 17 min}, {@code 1 h 23 min}, {@code 2 d 3 h}; whole units, rounded towards zero. */
    public String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (duration.toMinutes() < 60) {
            return duration.toMinutes() + " min";
        }
        if (duration.toHours() < 48) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return count(duration.toDays()) + " d " + duration.toHoursPart() + " h";
    }

    public String duration(Optional<Duration> duration) {
        return duration.map(this::duration).orElse(MISSING);
    }

    /** {@code 1:23:05}, for a running clock; zero for a negative duration. */
    public String clock(Duration duration) {
        var shown = duration.isNegative() ? Duration.ZERO : duration;
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", shown.toHours(), shown.toMinutesPart(), shown.toSecondsPart());
    }

    /** {@code 14:05} */
    public String time(Instant instant) {
        return styles().time().format(instant.atZone(zone));
    }

    /** {@code 14:05:30} */
    public String timeWithSeconds(Instant instant) {
        return styles().timeWithSeconds().format(instant.atZone(zone));
    }

    /** {@code 23 Nov 2026} in the locale's order. */
    public String date(Instant instant) {
        return date(instant.atZone(zone).toLocalDate());
    }

    public String date(LocalDate date) {
        return styles().date().format(date);
    }

    /** {@code November 2026} */
    public String month(YearMonth month) {
        return month.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, locale) + " " + month.getYear();
    }

    /** {@code Nov}, for the axis of a chart over months. */
    public String shortMonth(YearMonth month) {
        return month.getMonth().getDisplayName(TextStyle.SHORT_STANDALONE, locale);
    }

    /** {@code Mon, 23 Nov 2026}: the date with the short weekday. */
    public String day(Instant instant) {
        return instant.atZone(zone).getDayOfWeek().getDisplayName(TextStyle.SHORT_STANDALONE, locale) + ", "
                + date(instant);
    }

    /** Day and short month in the locale's order, such as {@code Nov 23}, for the axis of a chart over days. */
    public String dayAndMonth(Instant instant) {
        return styles().dayAndMonth().format(instant.atZone(zone));
    }

    public String dateTime(Instant instant) {
        return date(instant) + ", " + time(instant);
    }

    /** Date, time to the second and UTC offset, for tooltips. */
    public String precise(Instant instant) {
        return date(instant) + ", " + styles().timeAndOffset().format(instant.atZone(zone));
    }

    public boolean sameDay(Instant one, Instant other) {
        return one.atZone(zone).toLocalDate().equals(other.atZone(zone).toLocalDate());
    }

    /** ISO-8601 in UTC, for the {@code datetime} attribute of {@code <time>}. */
    public String iso(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant);
    }

    /** {@code Europe/Berlin}: the zone id, the same in every language. */
    public String zoneName() {
        return zone.getId();
    }

    /** Number with the locale's separators, rounded half up to the last decimal. */
    public String number(BigDecimal value, int minimumDecimals, int maximumDecimals) {
        var rounded = value.setScale(maximumDecimals, RoundingMode.HALF_UP);
        return styles().number(rounded.signum() == 0 ? BigDecimal.ZERO : rounded, minimumDecimals, maximumDecimals);
    }

    private FormatStyles styles() {
        return FormatStyles.of(locale);
    }
}
