package express.polaris.documents;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Consumption;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormatTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private final Format english = new Format(Locale.ENGLISH, BERLIN);
    private final Format german = new Format(Locale.GERMANY, BERLIN);

    @Test
    void energyHasThreeDecimalsOnAPageAndTwoInAList() {
        assertThat(english.energy(Energy.ofWattHours("7250"))).isEqualTo("7.250");
        assertThat(english.energyShort(Energy.ofWattHours("7255"))).isEqualTo("7.26"); // half up
        assertThat(german.energy(Energy.ofKilowattHours("1234567.8905"))).isEqualTo("1.234.567,891");
    }

    @Test
    void energyIsShownAsDistanceForADriverWithAConsumption() {
        var kilometres = format(Consumption.Unit.KM, "17.5");
        assertThat(kilometres.range(Energy.ofKilowattHours("6.65"))).contains("≈ 38 km"); // 665 / 17.5
        assertThat(kilometres.range(Energy.ofKilowattHours("6.737499"))).contains("≈ 38 km"); // 38.49999…, rounded once
        assertThat(kilometres.range(Energy.ofKilowattHours("6.7375"))).contains("≈ 39 km"); // 38.5
        assertThat(kilometres.range(Energy.ofKilowattHours("700"))).contains("≈ 4.000 km");
        assertThat(format(Consumption.Unit.MI, "3.6").range(Energy.ofKilowattHours("6.65")))
                .contains("≈ 24 mi"); // 23.94
        assertThat(english.range(Energy.ofKilowattHours("6.65"))).isEmpty();
    }

    private static Format format(Consumption.Unit unit, String value) {
        return new Format(Locale.GERMANY, BERLIN, Optional.of(new Consumption(unit, new BigDecimal(value))));
    }

    @Test
    void aBandIsWrittenInWordsUnlessItIsAllUsage() {
        var zero = Optional.of(Energy.ZERO);
        var hundred = Optional.of(Energy.ofKilowattHours("100"));
        var more = Optional.of(Energy.ofKilowattHours("1250.5"));
        assertThat(english.band(zero, hundred)).isEqualTo("0–100 kWh");
        assertThat(german.band(hundred, more)).isEqualTo("100–1.250,5 kWh");
        assertThat(english.band(hundred, Optional.empty())).isEqualTo("above 100 kWh");
        assertThat(german.band(hundred, Optional.empty())).isEqualTo("über 100 kWh");
        assertThat(english.band(Optional.empty(), zero)).isEqualTo("up to 0 kWh");
        assertThat(english.band(zero, Optional.empty())).isEmpty();
    }

    @Test
    void energyThatRoundsToZeroHasNoSign() {
        assertThat(english.energy(Energy.ofWattHours("-0.4"))).isEqualTo("0.000");
        assertThat(english.energy(Energy.ofWattHours("-412"))).isEqualTo("-0.412");
        assertThat(english.energy(Energy.ZERO)).isEqualTo("0.000");
    }

    @Test
    void anEnergyStepShowsItsSign() {
        assertThat(english.energyStep(Energy.ofWattHours("92"))).isEqualTo("+0.092");
        assertThat(english.energyStep(Energy.ofWattHours("-92"))).isEqualTo("-0.092");
        assertThat(english.energyStep(Energy.ZERO)).isEqualTo("0.000");
    }

    @Test
    void powerLosesADecimalAtTenKilowatts() {
        assertThat(english.power(Power.ofWatts(9_990))).isEqualTo("9.99");
        assertThat(english.power(Power.ofWatts(9_996))).isEqualTo("10.0"); // rounded to ten first
        assertThat(english.power(Power.ofWatts(11_020))).isEqualTo("11.0");
        assertThat(english.power(Power.ofWatts(new BigDecimal("10049")))).isEqualTo("10.0"); // not rounded twice
        assertThat(german.power(Power.ofWatts(349_950))).isEqualTo("350,0");
        assertThat(english.power(Optional.empty())).isEqualTo("–");
    }

    @Test
    void durationsShowTheirTwoLargestUnits() {
        assertThat(english.duration(Duration.ZERO)).isEqualTo("0 s");
        assertThat(english.duration(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(english.duration(Duration.ofSeconds(3_599))).isEqualTo("59 min");
        assertThat(english.duration(Duration.ofMinutes(83))).isEqualTo("1 h 23 min");
        assertThat(english.duration(Duration.ofMinutes(47 * 60 + 59))).isEqualTo("47 h 59 min");
        assertThat(english.duration(Duration.ofHours(51))).isEqualTo("2 d 3 h");
        assertThat(english.duration(Duration.ofMinutes(-83))).isEqualTo("-1 h 23 min");
        assertThat(english.duration(Optional.empty())).isEqualTo("–");
    }

    @Test
    void elapsedTimeShowsSecondsAndIsNeverNegative() {
        assertThat(english.clock(Duration.ofSeconds(4_985))).isEqualTo("1:23:05");
        assertThat(english.clock(Duration.ofHours(120))).isEqualTo("120:00:00");
        assertThat(english.clock(Duration.ofSeconds(-3))).isEqualTo("0:00:00");
    }

    @Test
    void moneyIsRoundedOnceAtTheCurrencysOwnDigits() {
        assertThat(english.money(money("2.175", "EUR"))).isEqualTo("€2.18");
        assertThat(german.money(money("1234.5", "EUR"))).isEqualTo("1.234,50\u00a0€");
        assertThat(english.money(money("149.5", "JPY"))).isEqualTo("¥150");
        assertThat(english.money(money("-0.13184", "EUR"))).isEqualTo("-€0.13");
        assertThat(english.money(money("1.2345", "KWD"))).endsWith("1.235");
        assertThat(english.money(Optional.empty())).isEqualTo("–");
    }

    @Test
    void finerAmountsHaveMoreDigitsThanTheCurrency() {
        assertThat(english.finerMoney(money("0.025", "EUR"))).isEqualTo("€0.0250");
        assertThat(english.unitPrice(new BigDecimal("0.3"), Currency.getInstance("EUR")))
                .isEqualTo("€0.30");
        assertThat(english.unitPrice(new BigDecimal("0.31415927"), Currency.getInstance("EUR")))
                .isEqualTo("€0.314159");
    }

    @Test
    void timesAreInTheViewersZone() {
        var instant = Instant.parse("2026-10-25T00:30:05Z"); // the hour that occurs twice in Berlin
        assertThat(english.time(instant)).isEqualTo("02:30");
        assertThat(english.timeWithSeconds(instant)).isEqualTo("02:30:05");
        assertThat(english.precise(instant)).endsWith("02:30:05 +02:00");
        assertThat(english.precise(instant.plusSeconds(3_600))).endsWith("02:30:05 +01:00");
        assertThat(german.day(instant)).isEqualTo("So, 25.10.2026");
        assertThat(english.sameDay(instant, Instant.parse("2026-10-24T22:00:00Z")))
                .isTrue();
    }

    @Test
    void aBarIsNeverLongerThanItsTrack() {
        var limit = Power.ofWatts(11_000);
        assertThat(english.share(Optional.of(Power.ofWatts(5_500)), limit)).isEqualTo("50.0");
        assertThat(english.share(Optional.of(Power.ofWatts(22_000)), limit)).isEqualTo("100");
        assertThat(english.share(Optional.empty(), limit)).isEqualTo("0");
        assertThat(english.share(Optional.of(limit), Power.ZERO)).isEqualTo("0");
    }

    private static Money money(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }
}
