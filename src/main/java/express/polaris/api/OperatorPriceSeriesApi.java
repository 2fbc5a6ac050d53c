package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.tariffs.OperatorTariffs;
import express.polaris.billing.tariffs.PriceDraft;
import express.polaris.billing.tariffs.PriceSeriesService;
import express.polaris.billing.tariffs.PriceTable;
import express.polaris.billing.tariffs.PriceUpload;
import express.polaris.billing.tariffs.StoredSeries;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Series of market prices, for operators. */
@RestController
@RequestMapping("/api/v1/operator/price-series")
class OperatorPriceSeriesApi {

    private static final String TEXT_CSV = "text/csv";

    private final PriceSeriesService series;
    private final OperatorTariffs changes;

    OperatorPriceSeriesApi(PriceSeriesService series, OperatorTariffs changes) {
        this.series = series;
        this.changes = changes;
    }

    /**
     * @param unit kwh or mwh: the unit in which prices are given
     * @param from start of the first price; null without prices
     * @param to end of the last price
     * @param polledAt last poll of the address in the settings; null if there was none
     * @param pollFailure why that poll failed; null if it did not
     */
    record SeriesJson(
            String code,
            String name,
            String currency,
            String unit,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<Instant> polledAt,
            Optional<String> pollFailure) {

        static SeriesJson of(StoredSeries series) {
            return new SeriesJson(
                    series.code(),
                    series.name(),
                    series.currency().getCurrencyCode(),
                    series.unit().word(),
                    series.from(),
                    series.to(),
                    series.poll().map(StoredSeries.Poll::at),
                    series.poll()
                            .flatMap(StoredSeries.Poll::failure)
                            .map(failure -> failure.name().toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * @param added prices that were not known, or differ from those known
     * @param replaced known prices that no longer hold
     * @param unchanged prices that were known already
     */
    record UploadJson(SeriesJson series, int added, int replaced, int unchanged) {}

    record WantedPrice(Optional<String> from, Optional<String> to, Optional<BigDecimal> price) {}

    @GetMapping
    @Operation(summary = "Price series, by code")
    CursorPage<SeriesJson> list(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        var all = series.list().stream().map(SeriesJson::of).toList();
        return CursorPage.of(all, cursor, CursorPage.limit(limit), SeriesJson::code);
    }

    /** Returns 201 for a new series, else 200. */
    @PutMapping(path = "/{code}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Store market prices as JSON or CSV; 201 when the series is new",
            description =
                    "A list of objects with `from`, `to` and `price`, or as `text/csv` a table with these columns."
                            + " Times are instants, or local times of `zone`, by default that of the installation. Prices may be"
                            + " negative. They replace known ones where both overlap; energy that is invoiced keeps the price"
                            + " that it was invoiced with. `currency` and `unit` (`kwh` or `mwh`) stay as they are unless given.")
    ResponseEntity<UploadJson> storeJson(
            @PathVariable String code,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> currency,
            @RequestParam Optional<String> unit,
            @RequestParam Optional<String> zone,
            @RequestBody List<@Nullable WantedPrice> prices,
            @SignedInAccount Account operator) {
        return store(code, new PriceUpload(name, currency, unit, zone, drafts(prices)), operator);
    }

    @PutMapping(path = "/{code}", consumes = TEXT_CSV)
    @Operation(summary = "Store market prices as JSON or CSV; 201 when the series is new")
    ResponseEntity<UploadJson> storeCsv(
            @PathVariable String code,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> currency,
            @RequestParam Optional<String> unit,
            @RequestParam Optional<String> zone,
            @RequestBody String prices,
            @SignedInAccount Account operator) {
        return store(code, new PriceUpload(name, currency, unit, zone, PriceTable.read(prices)), operator);
    }

    private ResponseEntity<UploadJson> store(String code, PriceUpload upload, Account operator) {
        boolean known = series.find(code).isPresent();
        var stored = changes.storePrices(operator.id(), code, upload);
        return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.CREATED)
                .body(new UploadJson(
                        SeriesJson.of(stored.series()), stored.added(), stored.replaced(), stored.unchanged()));
    }

    private static List<PriceDraft> drafts(List<@Nullable WantedPrice> prices) {
        var drafts = new ArrayList<PriceDraft>();
        for (int place = 0; place < prices.size(); place++) {
            var given = Optional.ofNullable(prices.get(place));
            drafts.add(new PriceDraft(
                    "prices[" + place + "]",
                    given.flatMap(WantedPrice::from).orElse(""),
                    given.flatMap(WantedPrice::to).orElse(""),
                    given.flatMap(WantedPrice::price)
                            .map(BigDecimal::toPlainString)
                            .orElse("")));
        }
        return drafts;
    }
}
