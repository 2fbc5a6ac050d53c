package express.polaris.console.prices;

import express.polaris.billing.tariffs.Holiday;
import express.polaris.billing.tariffs.HolidayRegion;
import express.polaris.web.Shell;
import java.util.List;

/**
 * Page {@code /operator/prices/holidays}.
 *
 * @param faults with the lines that they are about
 * @param region name of the region that suggestions are for
 * @param coming the next holidays of those that are saved
 */
public record HolidayPage(
        Shell shell,
        HolidayForm form,
        List<String> faults,
        String region,
        int year,
        List<Integer> years,
        List<Holiday> coming) {

    public HolidayPage {
        faults = List.copyOf(faults);
        years = List.copyOf(years);
        coming = List.copyOf(coming);
    }

    /** Text key of a region's name. */
    public String name(HolidayRegion of) {
        return "console.prices.region." + of.name();
    }

    public List<HolidayRegion> regions() {
        return List.of(HolidayRegion.values());
    }
}
