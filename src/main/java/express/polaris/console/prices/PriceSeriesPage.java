package express.polaris.console.prices;

import express.polaris.billing.tariffs.StoredSeries;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * Pages {@code /operator/prices/series/new} and {@code /operator/prices/series/{code}}.
 *
 * @param series empty for a new one
 * @param chart the last and the next days; empty without prices in them
 * @param price the price that holds now, in the unit of the series
 * @param host host of the address in the settings; empty without one
 */
public record PriceSeriesPage(
        Shell shell,
        Optional<StoredSeries> series,
        PriceSeriesForm form,
        FieldFaults faults,
        Optional<PriceChart> chart,
        Optional<String> price,
        Optional<String> host) {

    /** Fields that show their own faults. */
    public static final List<String> FIELDS = List.of("code", "name", "currency", "zone");

    /** Text key of a unit. */
    public static String unit(StoredSeries.Unit unit) {
        return "console.prices.unit." + unit.word();
    }

    /** Text key of the reason why a poll failed. */
    public static String failure(StoredSeries.PollFailure failure) {
        return "console.prices.poll." + failure.name();
    }
}
