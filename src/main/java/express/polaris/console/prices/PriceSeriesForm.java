package express.polaris.console.prices;

import express.polaris.billing.tariffs.PriceDraft;
import express.polaris.billing.tariffs.PriceUpload;
import express.polaris.billing.tariffs.StoredSeries;
import express.polaris.console.TypedText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Upload of market prices, as typed.
 *
 * @param csv the table, if it was pasted
 */
public record PriceSeriesForm(String code, String name, String currency, String unit, String zone, String csv) {

    static PriceSeriesForm empty(String currency, String zone) {
        return new PriceSeriesForm("", "", currency, "kwh", zone, "");
    }

    static PriceSeriesForm of(StoredSeries series, String zone) {
        return new PriceSeriesForm(
                series.code(),
                series.name(),
                series.currency().getCurrencyCode(),
                series.unit().word(),
                zone,
                "");
    }

    static PriceSeriesForm of(Map<String, List<String>> form) {
        return new PriceSeriesForm(
                TypedText.first(form, "code").strip(),
                TypedText.first(form, "name"),
                TypedText.first(form, "currency"),
                TypedText.first(form, "unit"),
                TypedText.first(form, "zone"),
                TypedText.first(form, "csv"));
    }

    PriceUpload upload(List<PriceDraft> prices) {
        return new PriceUpload(Optional.of(name), Optional.of(currency), Optional.of(unit), Optional.of(zone), prices);
    }
}
