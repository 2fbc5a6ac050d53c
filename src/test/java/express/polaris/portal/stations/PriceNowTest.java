package express.polaris.portal.stations;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.cost.DriverPriceService;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Prices before a session in words, at 14:00 in Berlin on 15 June 2026. */
class PriceNowTest {

    private static final String PACKAGES = "[{'billable_metric_code':'energy_kwh','charge_model':'package',"
            + "'properties':{'amount':'5','package_size':10,'free_units':0},'filters':[{'values':{'time_band':['night']},"
            + "'properties':{'amount':'3','package_size':10,'free_units':0}}]}]";

    private final BillingFixture fixture = new BillingFixture();

    private String next(PriceNow price, Locale locale) {
        return price.next(Texts.of(locale), new Format(locale, BillingFixture.BERLIN))
                .replace('\u00a0', ' ');
    }

    private PriceNow price(String charges) {
        fixture.tariffs();
        var driver = fixture.driver();
        fixture.subscribe(
                driver, fixture.plan("monthly", charges.replace('\'', '"')), "2026-01-01T00:00:00Z", Optional.empty());
        return PriceNow.of(
                fixture.get(DriverPriceService.class)
                        .of(driver, BillingFixture.BERLIN)
                        .orElseThrow(),
                "CP2");
    }

    @Test
    void packagesAheadHaveThePriceOfAPackage() {
        var price = price(PACKAGES);
        assertThat(next(price, Locale.ENGLISH))
                .isEqualTo("from 22:00 €3.00 per started 10 kWh, from 06:00 €5.00 per started 10 kWh");
        assertThat(next(price, Locale.GERMANY))
                .isEqualTo("ab 22:00 3,00 € je angefangene 10 kWh, ab 06:00 5,00 € je angefangene 10 kWh");
    }

    @Test
    void aPricePerKilowattHourBesidePackagesIsAddedToThem() {
        var price = price(PACKAGES.replaceFirst(
                "\\[",
                "[{'billable_metric_code':'energy_kwh','charge_model':'standard','properties':{'amount':'0.05'}},"));
        assertThat(next(price, Locale.ENGLISH)).startsWith("from 22:00 €0.05 per kWh + €3.00 per started 10 kWh, ");
    }
}
