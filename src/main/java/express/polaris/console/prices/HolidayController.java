package express.polaris.console.prices;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.tariffs.Holiday;
import express.polaris.billing.tariffs.HolidayRegion;
import express.polaris.billing.tariffs.OperatorTariffs;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.console.ConsolePages;
import express.polaris.console.TypedText;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.web.AfterForm;
import express.polaris.web.RefusalTexts;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Holidays of the installation, with suggestions for a region and a year. */
@Controller
class HolidayController {

    private static final int YEARS = 4;
    private static final int SHOWN = 12;

    private final TariffService tariffs;
    private final OperatorTariffs changes;
    private final ConsolePages pages;
    private final PricePages frame;
    private final Clock clock;

    HolidayController(
            TariffService tariffs, OperatorTariffs changes, ConsolePages pages, PricePages frame, Clock clock) {
        this.tariffs = tariffs;
        this.changes = changes;
        this.pages = pages;
        this.frame = frame;
        this.clock = clock;
    }

    @GetMapping("/operator/prices/holidays")
    ResponseEntity<byte[]> holidays(
            @RequestParam(defaultValue = "") String done, @SignedInAccount Account operator, CsrfToken csrf) {
        return page(HttpStatus.OK, HolidayForm.of(tariffs.holidays()), List.of(), Map.of(), done, operator, csrf);
    }

    /** Saves the holidays. The button for suggestions posts the same form and only adds to its lines. */
    @PostMapping("/operator/prices/holidays")
    ResponseEntity<?> save(
            @RequestParam MultiValueMap<String, String> sent, @SignedInAccount Account operator, CsrfToken csrf) {
        var form = new HolidayForm(TypedText.first(sent, "days"));
        if (sent.containsKey("suggest")) {
            var suggested = form.with(suggested(sent, operator));
            return page(HttpStatus.OK, suggested, List.of(), sent, "", operator, csrf);
        }
        try {
            changes.saveHolidays(
                    operator.id(), sent.containsKey("days") ? Optional.of(form.drafts()) : Optional.empty());
            return AfterForm.seeOther(PricePages.HOLIDAYS + "?done=holidays");
        } catch (InvalidInput refused) {
            var texts = pages.refusals(operator);
            var faults = refused.faults().stream()
                    .map(fault -> words(fault, form, texts))
                    .toList();
            return page(HttpStatusCode.valueOf(refused.status()), form, faults, sent, "", operator, csrf);
        }
    }

    private static String words(Fault fault, HolidayForm form, RefusalTexts texts) {
        var words = texts.of(fault.wording());
        return form.line(fault).map(line -> "“" + line + "”: " + words).orElse(words);
    }

    private List<Holiday> suggested(Map<String, List<String>> sent, Account operator) {
        var texts = Texts.of(operator.locale());
        int year = year(sent, operator);
        return region(sent).holidays().stream()
                .map(holiday -> new Holiday(holiday.in(year), texts.get("console.prices.holiday." + holiday.name())))
                .toList();
    }

    private static HolidayRegion region(Map<String, List<String>> sent) {
        return Stream.of(HolidayRegion.values())
                .filter(region -> region.name().equals(TypedText.first(sent, "region")))
                .findFirst()
                .orElse(HolidayRegion.DE_BE);
    }

    private int year(Map<String, List<String>> sent, Account operator) {
        return years(operator).stream()
                .filter(year -> TypedText.first(sent, "year").equals(Integer.toString(year)))
                .findFirst()
                .orElse(years(operator).getFirst());
    }

    private List<Integer> years(Account operator) {
        int first = today(operator).getYear();
        return IntStream.range(first, first + YEARS).boxed().toList();
    }

    private LocalDate today(Account operator) {
        return LocalDate.ofInstant(clock.instant(), operator.timeZone());
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status,
            HolidayForm form,
            List<String> faults,
            Map<String, List<String>> sent,
            String done,
            Account operator,
            CsrfToken csrf) {
        var page = new HolidayPage(
                frame.shell(operator, csrf, done),
                form,
                faults,
                region(sent).name(),
                year(sent, operator),
                years(operator),
                tariffs.holidays().stream()
                        .filter(holiday -> !holiday.day().isBefore(today(operator)))
                        .limit(SHOWN)
                        .toList());
        return pages.render(status, "console/prices/holidays.jte", page);
    }
}
