package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedInAccount;
import express.polaris.api.live.CostJson;
import express.polaris.billing.statements.HomeMark;
import express.polaris.billing.statements.Reimbursement;
import express.polaris.billing.statements.ReimbursementService;
import express.polaris.billing.statements.ReimbursementWish;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementService;
import express.polaris.documents.StatementDocuments;
import express.polaris.platform.refusals.NotFound;
import express.polaris.web.WithoutSnapshot;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Drivers' terms of reimbursement and employer statements, for operators. */
@RestController
@RequestMapping("/api/v1/operator")
class OperatorStatementsApi {

    private final AccountService accounts;
    private final ReimbursementService terms;
    private final StatementService statements;
    private final StatementDocuments documents;

    OperatorStatementsApi(
            AccountService accounts,
            ReimbursementService terms,
            StatementService statements,
            StatementDocuments documents) {
        this.accounts = accounts;
        this.terms = terms;
        this.statements = statements;
        this.documents = documents;
    }

    /**
     * @param sendToAgreed whether the driver has agreed to the address; ignored when terms are replaced
     */
    @Schema(name = "ApiReimbursement")
    record ReimbursementJson(
            Optional<String> employer,
            Optional<String> vehicle,
            Optional<String> plate,
            Optional<String> reference,
            Optional<List<Rate>> rates,
            Optional<List<Home>> home,
            Optional<String> sendTo,
            Optional<Boolean> sendToAgreed) {

        @Override
        public String toString() {
            return "ReimbursementJson";
        }
    }

    /**
     * @param from first day, like {@code 2026-01-01}
     * @param to last day; absent: until further notice
     * @param kind {@code fixed} (default) or {@code household}
     */
    record Rate(Optional<String> from, Optional<String> to, Optional<BigDecimal> amount, Optional<String> kind) {}

    record Home(
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> chargeBoxId,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> cardId) {}

    @GetMapping("/drivers/{id}/reimbursement")
    @Operation(summary = "A driver's terms of reimbursement for energy charged at home")
    ReimbursementJson reimbursement(@PathVariable String id) {
        return json(terms.of(driver(id)));
    }

    @PutMapping("/drivers/{id}/reimbursement")
    @Operation(
            summary = "Replace a driver's terms of reimbursement",
            description = "Statements go to `sendTo` only after the driver has agreed to that address.")
    ReimbursementJson replace(
            @PathVariable String id, @RequestBody ReimbursementJson wanted, @SignedInAccount Account operator) {
        return json(terms.change(operator.id(), driver(id), wish(wanted)));
    }

    @GetMapping("/drivers/{id}/statements")
    @Operation(summary = "A driver's employer statements, last drawn up first")
    CursorPage<StatementJson> list(
            @PathVariable String id, @RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        int most = CursorPage.limit(limit);
        var found = statements.page(driver(id), CursorPage.keyIn(cursor), most + 1);
        return CursorPage.byKey(
                found, found.stream().map(StatementJson::withoutLines).toList(), most, Statement::number);
    }

    @WithoutSnapshot
    @GetMapping(
            path = "/statements/{number}.pdf",
            produces = {MediaType.APPLICATION_PDF_VALUE, MediaType.ALL_VALUE})
    @Operation(summary = "Any driver's employer statement as PDF")
    ResponseEntity<byte[]> pdf(@PathVariable String number) {
        return documents.pdfResponse(statements.find(number).orElseThrow(NotFound::new));
    }

    @GetMapping(
            path = "/statements/{number}.csv",
            produces = {"text/csv", MediaType.ALL_VALUE})
    @Operation(summary = "Any driver's employer statement as CSV")
    ResponseEntity<byte[]> csv(@PathVariable String number, @RequestParam Optional<String> separator) {
        return documents.csvResponse(
                statements.find(number).orElseThrow(NotFound::new), StatementsApi.style(separator));
    }

    private AccountId driver(String id) {
        return accounts.findDriver(new AccountId(PathIds.inPath(id)))
                .orElseThrow(NotFound::new)
                .id();
    }

    private static ReimbursementWish wish(ReimbursementJson json) {
        return new ReimbursementWish(
                json.employer(),
                json.vehicle(),
                json.plate(),
                json.reference(),
                json.sendTo(),
                json.rates().orElse(List.of()).stream()
                        .map(rate -> new ReimbursementWish.Rate(
                                rate.from(), rate.to(), rate.amount().map(BigDecimal::toPlainString), rate.kind()))
                        .toList(),
                json.home().orElse(List.of()).stream()
                        .map(home -> new ReimbursementWish.Home(home.chargeBoxId(), home.cardId()))
                        .toList());
    }

    private static ReimbursementJson json(Reimbursement terms) {
        return new ReimbursementJson(
                Optional.of(terms.employer()),
                Optional.of(terms.vehicle()),
                Optional.of(terms.plate()),
                Optional.of(terms.reference()),
                Optional.of(terms.rates().stream()
                        .map(rate -> new Rate(
                                Optional.of(rate.from().toString()),
                                rate.to().map(LocalDate::toString),
                                Optional.of(CostJson.plain(rate.amount())),
                                Optional.of(rate.kind().wireName())))
                        .toList()),
                Optional.of(
                        terms.home().stream().map(OperatorStatementsApi::home).toList()),
                terms.sendTo(),
                Optional.of(terms.sendToAgreed()));
    }

    private static Home home(HomeMark mark) {
        return switch (mark) {
            case HomeMark.AtChargeBox at -> new Home(Optional.of(at.id().value()), Optional.empty());
            case HomeMark.WithCard with ->
                new Home(Optional.empty(), Optional.of(with.id().value()));
        };
    }
}
