package express.polaris.console.prices;

import express.polaris.billing.tariffs.Holiday;
import express.polaris.billing.tariffs.StoredSeries;
import express.polaris.web.Shell;
import java.util.List;

/**
 * Page {@code /operator/prices}.
 *
 * @param holidays the next ones
 */
public record PricesPage(
        Shell shell, List<Band> bands, List<Group> groups, List<Holiday> holidays, List<Series> series) {

    public record Band(String href, String code, String name, WeekPicture week) {}

    /** @param members number of charge boxes */
    public record Group(String href, String code, String name, int members) {}

    /** @param reachesAhead whether a price of the future is known */
    public record Series(String href, StoredSeries series, boolean reachesAhead) {}

    public PricesPage {
        bands = List.copyOf(bands);
        groups = List.copyOf(groups);
        holidays = List.copyOf(holidays);
        series = List.copyOf(series);
    }
}
