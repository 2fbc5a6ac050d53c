package express.polaris.billing.cost;

import static express.polaris.billing.invoicing.BillingFixture.charge;
import static express.polaris.billing.invoicing.BillingFixture.graduated;
import static express.polaris.billing.invoicing.BillingFixture.standard;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The price of the next kWh, quoted before a session, as it will appear on the invoice. */
class NextPriceTest {

    private static final String VOLUME = charge(
            "volume",
            "{'volume_ranges':[{'from_value':0,'to_value':10,'per_unit_amount':'0.30','flat_amount':'0'},"
                    + "{'from_value':10,'to_value':null,'per_unit_amount':'0.20','flat_amount':'0'}]}");
    private static final String FLATS = charge(
            "graduated",
            "{'graduated_ranges':[{'from_value':0,'to_value':10,'per_unit_amount':'0.30','flat_amount':'2'},"
                    + "{'from_value':10,'to_value':null,'per_unit_amount':'0.20','flat_amount':'1'}]}");

    private final BillingFixture fixture = new BillingFixture();

    @Test
    void aStandardChargeCostsItsUnitPrice() {
        assertPrice(after(standard("0.39"), "4"), "0.39");
    }

    @Test
    void severalChargesAreAddedUp() {
        assertPrice(after(both(standard("0.10"), standard("0.20")), "4"), "0.30"); // 0.10 + 0.20
    }

    @Test
    void aPlanWithoutChargesCostsNothing() {
        assertPrice(after("[]", "4"), "0");
    }

    @Test
    void aGraduatedChargeCostsThePriceOfTheReachedTier() {
        var first = after(graduated("10", "0.30", "0.20"), "8");
        assertPrice(first, "0.30");
        assertThat(price(first).left()).contains(Energy.ofKilowattHours("2"));
        assertThat(first.now("CP1").then().orElseThrow().perKwh()).isEqualByComparingTo("0.20");

        var second = after(graduated("10", "0.30", "0.20"), "10");
        assertPrice(second, "0.20");
        assertThat(price(second).left()).isEmpty();
        assertThat(second.now("CP1").then()).isEmpty();
    }

    @Test
    void aKilowattHourAcrossATierBoundIsPricedInBothTiers() {
        assertPrice(after(graduated("10", "0.30", "0.20"), "9.5"), "0.25"); // 0.5 × 0.30 + 0.5 × 0.20
    }

    @Test
    void aFlatAmountDueWithTheNextKilowattHourIsShownSeparately() {
        var unused = after(FLATS, "0");
        assertPrice(unused, "2.30"); // 0.30 + 2
        assertThat(price(unused).once()).isEqualByComparingTo("2");

        var used = after(FLATS, "4");
        assertPrice(used, "0.30");
        assertThat(price(used).once()).isEqualByComparingTo("0");
    }

    @Test
    void enteringATierOfAVolumeChargeRepricesEarlierEnergy() {
        assertPrice(after(VOLUME, "4"), "0.30");
        assertPrice(after(VOLUME, "12"), "0.20");
        var entering = after(VOLUME, "10");
        assertPrice(entering, "-0.80"); // 11 × 0.20 − 10 × 0.30
        assertThat(price(entering).once()).isEqualByComparingTo("-1.00"); // −0.80 − 0.20
    }

    @Test
    void aPackageChargeIsQuotedPerPackage() {
        var free = after(packages("5", 10, 20), "4");
        assertPrice(free, "0");
        assertThat(price(free).left()).contains(Energy.ofKilowattHours("16"));
        assertThat(packageOf(free.now("CP1").then().orElseThrow()).price()).isEqualByComparingTo("5");

        for (var used : new String[] {"19.5", "20", "24", "30"}) {
            var beyond = after(packages("5", 10, 20), used);
            assertThat(price(beyond).asOneNumber()).as(used + " kWh").isEmpty();
            assertThat(packageOf(price(beyond)).price()).isEqualByComparingTo("5");
            assertThat(packageOf(price(beyond)).size()).isEqualTo(Energy.ofKilowattHours("10"));
        }
    }

    @Test
    void aPackageOfOneKilowattHourHasAPricePerKilowattHour() {
        assertPrice(after(packages("0.45", 1, 0), "3.2"), "0.45"); // the fifth package; the fourth is already started
    }

    @Test
    void aPackageChargeIsQuotedBesideAPricePerKilowattHour() {
        var prices = after(both(standard("0.10"), packages("5", 10, 0)), "4");
        assertThat(price(prices).asOneNumber()).isEmpty();
        assertThat(price(prices).perKwh()).isEqualByComparingTo("0.10");
        assertThat(packageOf(price(prices)).price()).isEqualByComparingTo("5");
    }

    /** Fails if the price quoted before a session differs from its cost. */
    @Test
    void theQuotedPriceEqualsTheCostOfTheNextKilowattHour() {
        for (var charges : new String[] {standard("0.39"), graduated("10", "0.30", "0.20"), FLATS, VOLUME, "[]"}) {
            for (var used : new String[] {"0", "4", "9.5", "10", "12"}) {
                var anna = fixture.driver();
                fixture.subscribe(anna, fixture.plan("monthly", charges), "2026-01-01T00:00:00Z", Optional.empty());
                fixture.charged(anna, new Event("2026-06-02T10:00:00Z", used));
                var told = price(prices(anna).orElseThrow()).asOneNumber().orElseThrow();
                var next = fixture.charged(anna, new Event("2026-06-03T10:00:00Z", "1"));
                assertThat(fixture.cost(next).amount().orElseThrow().amount())
                        .as("%s after %s kWh", charges, used)
                        .isEqualByComparingTo(told);
            }
        }
    }

    @Test
    void thereIsNoPriceWithoutAPlanOrWithAnUnsupportedPlan() {
        assertThat(prices(fixture.driver())).isEmpty();
        var anna = fixture.driver();
        var plan = fixture.plan("monthly", charge("percentage", "{'rate':'1'}"));
        fixture.subscribe(anna, plan, "2026-01-01T00:00:00Z", Optional.empty());
        assertThat(prices(anna)).isEmpty();
    }

    private DriverPrices after(String charges, String used) {
        var anna = fixture.driver();
        fixture.subscribe(anna, fixture.plan("monthly", charges), "2026-01-01T00:00:00Z", Optional.empty());
        fixture.charged(anna, new Event("2026-06-02T10:00:00Z", used));
        return prices(anna).orElseThrow();
    }

    private Optional<DriverPrices> prices(AccountId driver) {
        return fixture.get(DriverPriceService.class).of(driver, BillingFixture.BERLIN);
    }

    private static void assertPrice(DriverPrices prices, String perKwh) {
        assertThat(price(prices).asOneNumber().orElseThrow()).isEqualByComparingTo(new BigDecimal(perKwh));
    }

    private static NextPrice price(DriverPrices prices) {
        return prices.now("CP1").price().orElseThrow();
    }

    private static NextPrice.Package packageOf(NextPrice price) {
        assertThat(price.packages()).hasSize(1);
        return price.packages().getFirst();
    }

    private static String both(String one, String other) {
        return one.substring(0, one.length() - 1) + "," + other.substring(1);
    }

    private static String packages(String price, int size, int free) {
        return charge("package", "{'amount':'" + price + "','package_size':" + size + ",'free_units':" + free + "}");
    }
}
