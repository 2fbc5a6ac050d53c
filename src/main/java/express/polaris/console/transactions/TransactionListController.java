package express.polaris.console.transactions;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.sessions.SessionCursor;
import express.polaris.sessions.SessionTrait;
import express.polaris.web.Query;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Search for transactions. Unknown or invalid parameters do not narrow the list. */
@Controller
class TransactionListController {

    private final TransactionSearch search;
    private final ConsolePages pages;
    private final Clock clock;

    TransactionListController(TransactionSearch search, ConsolePages pages, Clock clock) {
        this.search = search;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/operator/transactions")
    ResponseEntity<byte[]> list(
            @RequestParam Map<String, String> parameters, @SignedInAccount Account operator, CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, "nav.console.transactions");
        var query = new Query(parameters);
        var filter = filter(query);
        var found = search.find(
                filter, operator.timeZone(), query.text("cursor").flatMap(SessionCursor::parse), clock.instant());
        var page = new TransactionListPage(
                shell,
                filter,
                found.people(),
                flags(),
                found.rows(),
                found.next().map(SessionCursor::encoded).map(filter::hrefAfter));
        return pages.render("console/transactions.jte", page);
    }

    private static List<String> flags() {
        return Arrays.stream(SessionTrait.values())
                .filter(trait -> trait != SessionTrait.AWAITING_FINAL_READING && trait != SessionTrait.FLAGGED)
                .map(SessionTrait::wireName)
                .toList();
    }

    private static TransactionListPage.Filter filter(Query query) {
        return new TransactionListPage.Filter(
                query.text("status").flatMap(TransactionSearch::status),
                query.text("id").map(id -> id.startsWith("#") ? id.substring(1) : id),
                query.text("idTag"),
                query.text("driver").or(() -> query.text("driverId")),
                query.text("chargeBoxId"),
                query.date("from"),
                query.date("to"),
                query.text("linked").flatMap(TransactionListController::yesOrNo),
                query.text("stuck").flatMap(TransactionListController::yesOrNo).orElse(false),
                query.text("flag").flatMap(SessionTrait::ofWireName).map(SessionTrait::wireName));
    }

    private static Optional<Boolean> yesOrNo(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
