package express.polaris.console.prices;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.tariffs.PriceSeriesService;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.console.ConsolePages;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Overview of everything that prices depend on. */
@Controller
class PricesController {

    private static final int SHOWN_HOLIDAYS = 6;

    private final TariffService tariffs;
    private final PriceSeriesService series;
    private final ConsolePages pages;
    private final PricePages frame;
    private final Clock clock;

    PricesController(
            TariffService tariffs, PriceSeriesService series, ConsolePages pages, PricePages frame, Clock clock) {
        this.tariffs = tariffs;
        this.series = series;
        this.pages = pages;
        this.frame = frame;
        this.clock = clock;
    }

    @GetMapping("/operator/prices")
    ResponseEntity<byte[]> overview(
            @RequestParam(defaultValue = "") String done, @SignedInAccount Account operator, CsrfToken csrf) {
        var shell = frame.shell(operator, csrf, done);
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, operator.timeZone());
        var page = new PricesPage(
                shell,
                tariffs.timeBands().stream()
                        .map(band -> new PricesPage.Band(
                                PricePages.band(band.code()),
                                band.code(),
                                band.name(),
                                WeekPicture.of(band.band(), shell.texts())))
                        .toList(),
                tariffs.chargerGroups().stream()
                        .map(group -> new PricesPage.Group(
                                PricePages.group(group.code()),
                                group.code(),
                                group.name(),
                                group.members().size()))
                        .toList(),
                tariffs.holidays().stream()
                        .filter(holiday -> !holiday.day().isBefore(today))
                        .limit(SHOWN_HOLIDAYS)
                        .toList(),
                series.list().stream()
                        .map(known -> new PricesPage.Series(
                                PricePages.series(known.code()),
                                known,
                                known.to().filter(end -> end.isAfter(now)).isPresent()))
                        .toList());
        return pages.render("console/prices/overview.jte", page);
    }
}
