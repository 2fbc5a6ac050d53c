package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.bookkeeping.Bookkeeping;
import express.polaris.billing.bookkeeping.Bookkeeping.WantedAccounts;
import express.polaris.billing.bookkeeping.Bookkeeping.WantedRevenue;
import express.polaris.billing.bookkeeping.BookkeepingAccounts;
import express.polaris.billing.bookkeeping.BookkeepingAccounts.Chart;
import express.polaris.console.ConsolePages;
import express.polaris.console.TypedText;
import express.polaris.console.money.BookkeepingPage.AccountsForm;
import express.polaris.console.money.BookkeepingPage.Row;
import express.polaris.documents.BookkeepingExports;
import express.polaris.documents.BookkeepingExports.Kind;
import express.polaris.documents.BookkeepingExports.Wanted;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.views.BookkeepingDownload;
import express.polaris.web.views.ConsolePaths;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Exports for bookkeeping, and the account numbers that they use. */
@Controller
class BookkeepingController {

    private static final String ACTIVE = "nav.console.invoices";

    private final Bookkeeping bookkeeping;
    private final BookkeepingExports exports;
    private final BookkeepingDownload downloads;
    private final ConsolePages pages;
    private final Clock clock;

    BookkeepingController(
            Bookkeeping bookkeeping,
            BookkeepingExports exports,
            BookkeepingDownload downloads,
            ConsolePages pages,
            Clock clock) {
        this.bookkeeping = bookkeeping;
        this.exports = exports;
        this.downloads = downloads;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * @param suggest chart whose usual account numbers are filled in
     * @param refused kind of the export that was refused; its faults are shown
     */
    @GetMapping("/operator/bookkeeping")
    ResponseEntity<byte[]> page(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String suggest,
            @RequestParam(defaultValue = "") String refused,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var period = from.isEmpty() && until.isEmpty() ? lastMonth(operator) : new Wanted(from, until, by);
        var faults = Arrays.stream(Kind.values())
                .filter(kind -> kind.code().equals(refused))
                .findFirst()
                .flatMap(kind -> refusal(kind, period))
                .map(refusal -> pages.refusals(operator).faults(refusal))
                .orElse(FieldFaults.NONE);
        return page(HttpStatus.OK, period, shown(suggest), faults, done, operator, csrf);
    }

    @GetMapping("/operator/bookkeeping/invoices.csv")
    void invoices(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
        send(Kind.INVOICES, parameters, response);
    }

    @GetMapping("/operator/bookkeeping/payments.csv")
    void payments(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
        send(Kind.PAYMENTS, parameters, response);
    }

    @GetMapping("/operator/bookkeeping/datev.csv")
    void datev(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
        send(Kind.DATEV, parameters, response);
    }

    @PostMapping("/operator/bookkeeping/accounts")
    ResponseEntity<?> save(
            @RequestParam MultiValueMap<String, String> form, @SignedInAccount Account operator, CsrfToken csrf) {
        var typed = typed(form);
        try {
            bookkeeping.save(operator.id(), wanted(typed));
            return AfterForm.seeOther("/operator/bookkeeping?done=saved");
        } catch (InvalidInput refused) {
            var faults = pages.refusals(operator).faults(refused);
            return page(HttpStatus.UNPROCESSABLE_CONTENT, lastMonth(operator), typed, faults, "", operator, csrf);
        }
    }

    /** Sends a download, or leads to the page that says why there is none. */
    private void send(Kind kind, Map<String, String> parameters, HttpServletResponse response) throws IOException {
        var wanted = new Wanted(
                parameters.getOrDefault("from", ""),
                parameters.getOrDefault("until", ""),
                parameters.getOrDefault("by", ""));
        try {
            downloads.send(kind, wanted, response);
        } catch (InvalidInput refused) {
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(
                    "Location",
                    ConsolePaths.with(
                            "/operator/bookkeeping",
                            new TreeMap<>(Map.of(
                                    "from", wanted.from(),
                                    "until", wanted.until(),
                                    "by", wanted.by(),
                                    "refused", kind.code()))));
        }
    }

    private Optional<InvalidInput> refusal(Kind kind, Wanted wanted) {
        try {
            var period = exports.period(kind, wanted);
            if (kind == Kind.DATEV) {
                exports.datev(period, OutputStream.nullOutputStream());
            }
            return Optional.empty();
        } catch (InvalidInput refused) {
            return Optional.of(refused);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Wanted lastMonth(Account operator) {
        var first = LocalDate.ofInstant(clock.instant(), operator.timeZone())
                .withDayOfMonth(1)
                .minusMonths(1);
        return new Wanted(first.toString(), first.plusMonths(1).minusDays(1).toString(), "issued");
    }

    private AccountsForm shown(String suggest) {
        var wanted = Arrays.stream(Chart.values())
                .filter(chart -> chart.name().equals(suggest))
                .findFirst()
                .map(BookkeepingAccounts::suggested);
        return AccountsForm.of(
                wanted.or(bookkeeping::accounts).orElseGet(() -> BookkeepingAccounts.suggested(Chart.SKR03)));
    }

    private static AccountsForm typed(MultiValueMap<String, String> form) {
        var rows = new ArrayList<Row>();
        int sent = TypedText.all(form, "vatRate").size();
        for (int i = 0; i < Math.min(sent, Bookkeeping.MOST_RATES + 1); i++) {
            var row = new Row(
                    TypedText.at(form, "vatRate", i), TypedText.at(form, "account", i), TypedText.at(form, "buKey", i));
            if (!row.isBlank()) {
                rows.add(row);
            }
        }
        return new AccountsForm(
                TypedText.first(form, "chart"),
                TypedText.first(form, "consultant"),
                TypedText.first(form, "client"),
                TypedText.first(form, "accountLength"),
                TypedText.first(form, "debtorBase"),
                TypedText.first(form, "bankAccount"),
                TypedText.first(form, "yearBegins"),
                List.copyOf(rows));
    }

    private static WantedAccounts wanted(AccountsForm form) {
        return new WantedAccounts(
                form.chart(),
                form.consultant(),
                form.client(),
                form.accountLength(),
                form.debtorBase(),
                form.bankAccount(),
                form.yearBegins(),
                form.revenues().stream()
                        .map(row -> new WantedRevenue(TypedText.number(row.vatRate()), row.account(), row.buKey()))
                        .toList());
    }

    private ResponseEntity<byte[]> page(
            HttpStatus status,
            Wanted period,
            AccountsForm accounts,
            FieldFaults faults,
            String done,
            Account operator,
            CsrfToken csrf) {
        var shell = pages.shell(
                operator, csrf, ACTIVE, AfterForm.success(done, "console.books.done.", Texts.of(operator.locale())));
        var page = new BookkeepingPage(
                shell, period, accounts, bookkeeping.accounts().isPresent(), faults);
        return pages.render(status, "console/bookkeeping/exports.jte", page);
    }
}
