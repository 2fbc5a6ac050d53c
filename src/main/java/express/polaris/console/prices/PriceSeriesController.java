package express.polaris.console.prices;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.tariffs.OperatorTariffs;
import express.polaris.billing.tariffs.PriceSeriesService;
import express.polaris.billing.tariffs.PriceTable;
import express.polaris.billing.tariffs.StoredSeries;
import express.polaris.console.ConsolePages;
import express.polaris.console.TypedText;
import express.polaris.documents.Format;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.settings.Settings;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.PathId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Market prices: what is known of a series, and the upload of prices. */
@Controller
class PriceSeriesController {

    private static final Duration SHOWN = Duration.ofHours(48);

    private final PriceSeriesService series;
    private final OperatorTariffs changes;
    private final Settings settings;
    private final ConsolePages pages;
    private final PricePages frame;
    private final Clock clock;

    PriceSeriesController(
            PriceSeriesService series,
            OperatorTariffs changes,
            Settings settings,
            ConsolePages pages,
            PricePages frame,
            Clock clock) {
        this.series = series;
        this.changes = changes;
        this.settings = settings;
        this.pages = pages;
        this.frame = frame;
        this.clock = clock;
    }

    @GetMapping("/operator/prices/series/new")
    ResponseEntity<byte[]> fresh(@SignedInAccount Account operator, CsrfToken csrf) {
        var form = PriceSeriesForm.empty(
                settings.currency().getCurrencyCode(), settings.timeZone().getId());
        return page(HttpStatus.OK, Optional.empty(), form, FieldFaults.NONE, "", operator, csrf);
    }

    @GetMapping("/operator/prices/series/{code}")
    ResponseEntity<byte[]> series(
            @PathVariable PathId code,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var known = series.find(code.text()).orElseThrow(NotFound::new);
        var form = PriceSeriesForm.of(known, settings.timeZone().getId());
        return page(HttpStatus.OK, Optional.of(known), form, FieldFaults.NONE, done, operator, csrf);
    }

    /** Stores the chosen file, or else the pasted table. */
    @PostMapping("/operator/prices/series")
    ResponseEntity<?> upload(
            @RequestParam MultiValueMap<String, String> sent,
            @RequestParam(required = false) Optional<MultipartFile> file,
            @SignedInAccount Account operator,
            CsrfToken csrf)
            throws IOException {
        var form = PriceSeriesForm.of(sent);
        var chosen = file.filter(given -> !given.isEmpty());
        var csv = chosen.isPresent() ? new String(chosen.get().getBytes(), StandardCharsets.UTF_8) : form.csv();
        try {
            var stored = changes.storePrices(operator.id(), form.code(), form.upload(PriceTable.read(csv)));
            return AfterForm.seeOther(PricePages.series(stored.series().code()) + "?done=prices");
        } catch (InvalidInput refused) {
            var faults = pages.refusals(operator).faults(refused);
            var known = series.find(TypedText.first(sent, "known"));
            return page(HttpStatusCode.valueOf(refused.status()), known, form, faults, "", operator, csrf);
        }
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status,
            Optional<StoredSeries> known,
            PriceSeriesForm form,
            FieldFaults faults,
            String done,
            Account operator,
            CsrfToken csrf) {
        var shell = frame.shell(operator, csrf, done);
        var page = new PriceSeriesPage(
                shell,
                known,
                form,
                faults,
                known.flatMap(found -> chart(found, shell.format())),
                known.flatMap(found -> price(found, shell.format())),
                known.flatMap(found ->
                                Optional.ofNullable(settings.priceSeries().get(found.code())))
                        .map(URI::getHost));
        return pages.render(status, "console/prices/series.jte", page);
    }

    private Optional<PriceChart> chart(StoredSeries found, Format format) {
        var now = clock.instant();
        var from = now.minus(SHOWN);
        var to = now.plus(SHOWN);
        var prices = series.prices(found.code(), from, to);
        return prices.isEmpty()
                ? Optional.empty()
                : Optional.of(PriceChart.of(prices, found.unit(), from, to, now, format));
    }

    private Optional<String> price(StoredSeries found, Format format) {
        var now = clock.instant();
        return series.prices(found.code(), now, now.plusNanos(1_000)).stream()
                .findFirst()
                .map(price -> format.number(found.unit().of(price), 2, 6));
    }
}
