package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.InvoiceSearch;
import express.polaris.documents.Csv;
import express.polaris.documents.InvoiceCsv;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** CSV export of the invoice list. Streams, so memory does not grow with the number of invoices. */
@Controller
class InvoiceCsvController {

    private static final int AT_A_TIME = 500;

    private final InvoiceSearch search;
    private final Clock clock;

    InvoiceCsvController(InvoiceSearch search, Clock clock) {
        this.search = search;
        this.clock = clock;
    }

    /** Accepts the same filters as the list. */
    @GetMapping("/operator/invoices.csv")
    void write(
            @RequestParam Map<String, String> parameters,
            @SignedInAccount Account operator,
            HttpServletResponse response)
            throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), operator.timeZone());
        var filter = InvoiceQuery.of(parameters).filter(today);
        var page = search.page(filter, Optional.empty(), AT_A_TIME);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"invoices.csv\"");
        var csv = new Csv(response.getOutputStream());
        csv.row(InvoiceCsv.COLUMNS);
        while (!page.isEmpty()) {
            for (var invoice : page) {
                csv.row(InvoiceCsv.row(invoice, today, operator.timeZone()));
            }
            page = page.size() < AT_A_TIME
                    ? List.of()
                    : search.page(filter, Optional.of(page.getLast().number()), AT_A_TIME);
        }
        csv.flush();
    }
}
