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
 * How quantities and times are written for one viewer. Numbers come without their unit unless the method says so, so
 * that a page can set the unit smaller. {@code format.js} writes the same numbers in the browser.
 *
 * @param locale decides separators, the currency's place and the order of a date
 * @param zone the zone in which instants are written
 * @param consumption what energy is written as distance with; empty: it is not
 */
public record Format(Locale locale, ZoneId zone, Optional<Consumption> consumption) {

    /** Stands where a value is missing. */
    public static final String MISSING = "–";

    private static final BigDecimal ONE_DECIMAL_FROM_KILOWATTS = BigDecimal.TEN;
    private static final int UNIT_PRICE_DECIMALS = 6;
    private static final int FINER_DIGITS = 2;

    /** Without distances. */
    public Format(Locale locale, ZoneId zone) {
        this(locale, zone, Optional.empty());
    }

    /** kWh with three decimals, as on the page of a session. */
    public String energy(Energy energy) {
        return number(energy.kilowattHours(), 3, 3);
    }

    /** kWh with two decimals, as in lists. */
    public String energyShort(Energy energy) {
        return number(energy.kilowattHours(), 2, 2);
    }

    /** kWh with three decimals and a sign, also before a gain: what a reading added. */
    public String energyStep(Energy energy) {
        return (energy.isPositive() ? "+" : "") + energy(energy);
    }

    /** kWh without decimals it does not need, as bounds are written. */
    public String plainEnergy(Energy energy) {
        return number(energy.kilowattHours(), 0, 3);
    }

    /** {@code ≈ 38 km}: how far the energy goes, in full units; empty for a viewer who does not read it as distance. */
    public Optional<String> range(Energy energy) {
        return consumption.map(car ->
                "≈ " + number(car.distance(energy, 0), 0, 0) + " " + car.unit().symbol());
    }

    /** A car's consumption without its unit: what a field for it holds. */
    public String consumption(Consumption car) {
        return number(car.value(), 0, 2);
    }

    /** kW with one decimal from 10 kW up, with two below. */
    public String power(Power power) {
        var kilowatts = power.kilowatts().setScale(2, RoundingMode.HALF_UP);
        int decimals = kilowatts.abs().compareTo(ONE_DECIMAL_FROM_KILOWATTS) < 0 ? 2 : 1;
        return number(decimals == 2 ? kilowatts : power.kilowatts(), decimals, decimals);
    }

    public String power(Optional<Power> power) {
        return power.map(this::power).orElse(MISSING);
    }

    /** A connector's limit in kW, without decimals it does not need. */
    public String limit(Power power) {
        return number(power.kilowatts(), 0, 1);
    }

    /** In the money's currency, rounded once at the currency's own digits. */
    public String money(Money money) {
        var rounded = money.rounded();
        int digits = rounded.currency().getDefaultFractionDigits();
        return styles().amount(rounded.amount(), rounded.currency(), digits, digits);
    }

    public String money(Optional<Money> money) {
        return money.map(this::money).orElse(MISSING);
    }

    /** Of several currencies each for itself. */
    public String money(List<Money> amounts) {
        return amounts.isEmpty() ? MISSING : amounts.stream().map(this::money).collect(Collectors.joining(" + "));
    }

    /** Two digits more than the currency has: what one step or one line comes to before the sum is rounded. */
    public String finerMoney(Money money) {
        int digits = money.currency().getDefaultFractionDigits() + FINER_DIGITS;
        return styles().amount(money.amount(), money.currency(), digits, digits);
    }

    /** A price per kWh: at least the currency's digits, at most six. */
    public String unitPrice(BigDecimal price, Currency currency) {
        return styles().amount(price, currency, currency.getDefaultFractionDigits(), UNIT_PRICE_DECIMALS);
    }

    /** How much of the limit the power is, in percent from 0 to 100: the length of a bar. */
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

    /** How long ago an instant was; zero for one that lies ahead. */
    public Duration age(Instant instant, Instant now) {
        return instant.isAfter(now) ? Duration.ZERO : Duration.between(instant, now);
    }

    public String count(long count) {
        return number(BigDecimal.valueOf(count), 0, 0);
    }

    /** With its sign; a percentage of 0 to 100. */
    public String percent(Optional<Integer> percent) {
        return percent.map(value -> number(BigDecimal.valueOf(value), 0, 0)).orElse(MISSING);
    }

    /** A part of a whole in percent, without decimals and its sign; the whole is not zero. */
    public String percentOf(Energy part, Energy whole) {
        return number(
                part.wattHours().multiply(BigDecimal.valueOf(100)).divide(whole.wattHours(), 0, RoundingMode.HALF_UP),
                0,
                0);
    }

    /** {@code 0–100}, or {@code 100+} where there is no end: kWh without decimals they do not need. */
    public String band(Energy above, Optional<Energy> upTo) {
        var from = number(above.kilowattHours(), 0, 3);
        return upTo.map(end -> from + "–" + number(end.kilowattHours(), 0, 3)).orElse(from + "+");
    }

    /** A rate in percent, without decimals it does not need and without its sign. */
    public String rate(BigDecimal percent) {
        return number(percent, 0, 4);
    }

    /** {@code 42 s}, {@code 17 min}, {@code 1 h 23 min}, {@code 2 d 3 h}; full units, rounded down. */
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

    /** {@code 1:23:05}: a clock that ticks; a negative time stands still at zero. */
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

    /** {@code Nov}: for the axis of a chart over months. */
    public String shortMonth(YearMonth month) {
        return month.getMonth().getDisplayName(TextStyle.SHORT_STANDALONE, locale);
    }

    /** {@code Mon, 23 Nov 2026}: the date with the short name of its day. */
    public String day(Instant instant) {
        return instant.atZone(zone).getDayOfWeek().getDisplayName(TextStyle.SHORT_STANDALONE, locale) + ", "
                + date(instant);
    }

    /** {@code 23.11.}: for the axis of a chart over days. */
    public String dayAndMonth(Instant instant) {
        return styles().dayAndMonth().format(instant.atZone(zone));
    }

    public String dateTime(Instant instant) {
        return date(instant) + ", " + time(instant);
    }

    /** Date, time to the second and the zone's offset: what a tooltip says. */
    public String precise(Instant instant) {
        return date(instant) + ", " + styles().timeAndOffset().format(instant.atZone(zone));
    }

    public boolean sameDay(Instant one, Instant other) {
        return one.atZone(zone).toLocalDate().equals(other.atZone(zone).toLocalDate());
    }

    /** For the attribute {@code datetime} of {@code <time>}: ISO-8601 in UTC. */
    public String iso(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant);
    }

    /** {@code Europe/Berlin}: the zone as it is called in every language. */
    public String zoneName() {
        return zone.getId();
    }

    /** A number with the locale's separators, rounded half up to its last decimal. */
    public String number(BigDecimal value, int minimumDecimals, int maximumDecimals) {
        var rounded = value.setScale(maximumDecimals, RoundingMode.HALF_UP);
        return styles().number(rounded.signum() == 0 ? BigDecimal.ZERO : rounded, minimumDecimals, maximumDecimals);
    }

    private FormatStyles styles() {
        return FormatStyles.of(locale);
    }
}
