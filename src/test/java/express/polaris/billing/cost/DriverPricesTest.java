package express.polaris.billing.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prices by time and place before a session, at 14:00 in Berlin on 15 June 2026. */
class DriverPricesTest {

    private static final String NIGHT = "[{'billable_metric_code':'energy_kwh','charge_model':'standard',"
            + "'properties':{'amount':'0.40'},'filters':[{'values':{'time_band':['night']},'properties':{'amount':'0.30'}},"
            + "{'values':{'charger_group':['depot']},'properties':{'amount':'0.25'}}]},"
            + "{'billable_metric_code':'idle_minutes','charge_model':'standard','properties':"
            + "{'amount':'0.05','grace_minutes':15,'cap_minutes':120}},"
            + "{'billable_metric_code':'session','charge_model':'standard','properties':{'amount':'0'},"
            + "'filters':[{'values':{'time_band':['night']},'properties':{'amount':'1'}}]}]";
    private static final String TIERS = "[{'billable_metric_code':'energy_kwh','charge_model':'graduated',"
            + "'properties':{'graduated_ranges':["
            + "{'from_value':0,'to_value':9,'per_unit_amount':'0.41','flat_amount':'0'},"
            + "{'from_value':10,'to_value':null,'per_unit_amount':'0.17','flat_amount':'0'}]},"
            + "'filters':[{'values':{'time_band':['night']},'properties':{'graduated_ranges':["
            + "{'from_value':0,'to_value':null,'per_unit_amount':'0.20','flat_amount':'0'}]}}]},"
            + "{'billable_metric_code':'energy_kwh','charge_model':'standard','properties':{'amount':'0.05'}}]";
    private static final String MARKET = "[{'billable_metric_code':'energy_kwh','charge_model':'dynamic',"
            + "'properties':{'price_series':'spot','markup':'0.02'}}]";

    private final BillingFixture fixture = new BillingFixture();

    @BeforeEach
    void tariffs() {
        fixture.tariffs();
    }

    private AccountId driver(String charges) {
        var driver = fixture.driver();
        fixture.subscribe(
                driver, fixture.plan("monthly", charges.replace('\'', '"')), "2026-01-01T00:00:00Z", Optional.empty());
        return driver;
    }

    private DriverPrices prices(AccountId driver) {
        return fixture.get(DriverPriceService.class)
                .of(driver, BillingFixture.BERLIN)
                .orElseThrow();
    }

    private static BigDecimal perKwh(DriverPrices prices, String chargeBox) {
        return prices.now(chargeBox).price().orElseThrow().perKwh();
    }

    @Test
    void theNextDayIsListedByPriceAndBand() {
        var prices = prices(driver(NIGHT));
        assertThat(prices.hours("CP2"))
                .extracting(
                        DriverPrices.Hours::from,
                        hours -> hours.perKwh()
                                .orElseThrow()
                                .stripTrailingZeros()
                                .toPlainString(),
                        hours -> hours.name().orElse(""))
                .containsExactly(
                        tuple(Instant.parse("2026-06-15T12:00:00Z"), "0.4", ""),
                        tuple(Instant.parse("2026-06-15T20:00:00Z"), "0.3", "Night"),
                        tuple(Instant.parse("2026-06-16T04:00:00Z"), "0.4", ""));
        assertThat(prices.hours("CP2").getLast().to()).isEqualTo("2026-06-16T12:00:00Z");
        assertThat(perKwh(prices, "cp1")).isEqualByComparingTo("0.25");
        assertThat(prices.now("CP1").name()).contains("Depot");
        assertThat(prices.dependOnPlace()).isTrue();
    }

    @Test
    void packagesOfTheNextDayAreListed() {
        var hours = prices(driver("[{'billable_metric_code':'energy_kwh','charge_model':'package','properties':"
                        + "{'amount':'5','package_size':10,'free_units':0},'filters':[{'values':{'time_band':['night']},"
                        + "'properties':{'amount':'3','package_size':20,'free_units':0}}]}]"))
                .hours("CP2");
        assertThat(hours)
                .extracting(DriverPrices.Hours::packages)
                .containsExactly(packages("5", "10"), packages("3", "20"), packages("5", "10"));
    }

    private static List<NextPrice.Package> packages(String price, String kwh) {
        return List.of(new NextPrice.Package(new BigDecimal(price), Energy.ofKilowattHours(kwh)));
    }

    @Test
    void feesThatHoldInTheNextDayAreListed() {
        var fees = prices(driver(NIGHT)).fees("CP2");
        assertThat(fees).hasSize(2); // a session by day costs nothing
        assertThat(fees.get(0).unitPrice().orElseThrow()).isEqualByComparingTo("0.05");
        assertThat(fees.get(0).grace()).isEqualTo(Duration.ofMinutes(15));
        assertThat(fees.get(0).cap()).contains(Duration.ofMinutes(120));
        assertThat(fees.get(1).unitPrice().orElseThrow()).isEqualByComparingTo("1");
        assertThat(fees.get(1).name()).contains("Night");
    }

    @Test
    void tiersOfABandCountTheEnergyOfThatBandAndStartAgainWithThePeriod() {
        var anna = driver(TIERS);
        fixture.charged(anna, new Event("2026-06-03T10:00:00Z", "12"));
        fixture.charged(anna, new Event("2026-06-04T23:00:00Z", "30"));
        assertThat(perKwh(prices(anna), "CP1")).isEqualByComparingTo("0.22"); // 0.17 after 12 kWh by day + 0.05

        fixture.clock.set(Instant.parse("2026-06-30T12:00:00Z"));
        var hours = prices(anna).hours("CP1");
        assertThat(hours.stream().map(span -> span.perKwh().orElseThrow()).toList())
                .usingElementComparator(BigDecimal::compareTo)
                .isEqualTo(List.of( // by day; by night; from 06:00 on in July: 0.41 + 0.05
                        new BigDecimal("0.22"), new BigDecimal("0.25"), new BigDecimal("0.46")));
    }

    @Test
    void aMissingMarketPriceIsUnknown() {
        var anna = driver(MARKET);
        assertThat(prices(anna).hours("CP1")).hasSize(96);
        assertThat(prices(anna).now("CP1").name()).contains("spot");
        fixture.clock.set(Instant.parse("2026-12-30T23:30:00Z"));
        var hours = prices(anna).hours("CP1");
        assertThat(hours.getFirst().perKwh()).isPresent();
        assertThat(hours.getLast().perKwh()).isEmpty();
        fixture.clock.set(Instant.parse("2027-01-02T00:00:00Z"));
        assertThat(prices(anna).now("CP1").price()).isEmpty();
    }

    /** Fails if the price quoted before a session differs from its cost. */
    @Test
    void theQuotedPriceIsTheCostOfTheNextKilowattHour() {
        for (var charges : List.of(
                NIGHT.replace("'idle_minutes'", "'session'")
                        .replace(",'grace_minutes':15,'cap_minutes':120", "")
                        .replace("'amount':'0.05'", "'amount':'0'"),
                TIERS,
                MARKET)) {
            var anna = driver(charges);
            fixture.charged(anna, new Event("2026-06-03T10:00:00Z", "12"));
            fixture.clock.set(Instant.parse("2026-06-15T12:00:00Z"));
            var quoted = perKwh(prices(anna), "CP1");
            var next = fixture.charged(anna, new Event("2026-06-15T12:01:00Z", "1"));
            assertThat(fixture.cost(next).amount().orElseThrow().amount())
                    .as(charges)
                    .isEqualByComparingTo(quoted);
        }
    }
}
