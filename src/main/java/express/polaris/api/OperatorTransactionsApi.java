package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountReason;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.AuditReason;
import express.polaris.accounts.SignedInAccount;
import express.polaris.metering.SampledValue;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.sessions.SessionCursor;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.ownership.OwnerCorrections;
import express.polaris.sync.SessionReadings;
import express.polaris.sync.SyncCommandReason;
import express.polaris.web.WithoutSnapshot;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** All drivers' sessions and those without an owner, for operators. */
@RestController
@RequestMapping("/api/v1/operator/transactions")
class OperatorTransactionsApi {

    private final SessionService sessions;
    private final OperatorTransactionWriter transactions;
    private final AccountService accounts;
    private final OwnerCorrections owners;
    private final SessionReadings readings;

    OperatorTransactionsApi(
            SessionService sessions,
            OperatorTransactionWriter transactions,
            AccountService accounts,
            OwnerCorrections owners,
            SessionReadings readings) {
        this.sessions = sessions;
        this.transactions = transactions;
        this.accounts = accounts;
        this.owners = owners;
        this.readings = readings;
    }

    record NewOwner(Optional<Long> driverId, Optional<String> reason) {}

    /**
     * Page of SteVe's last details answer.
     *
     * @param readAt when SteVe was asked; null when no answer is stored
     * @param rows rows that are evaluated or unreadable, in SteVe's order
     * @param dropped number of rows of other measurands in the whole answer, by measurand
     * @param nextCursor cursor of the next page; null on the last page
     */
    record Readings(
            Optional<Instant> readAt,
            List<ReadingRow> rows,
            Map<String, Integer> dropped,
            Optional<String> nextCursor) {}

    /**
     * Row of SteVe's answer; its fields are null when it is unreadable.
     *
     * @param became position in the timeline of the event that the row made or contributed to; null for none
     * @param reason keyword, for some followed by a colon and details
     */
    record ReadingRow(
            Optional<Instant> valueTimestamp,
            Optional<String> value,
            Optional<String> readingContext,
            Optional<String> format,
            Optional<String> measurand,
            Optional<String> location,
            Optional<String> unit,
            Optional<String> phase,
            Optional<Integer> became,
            String reason) {

        static ReadingRow of(SessionReadings.Row row) {
            var value = row.value();
            return new ReadingRow(
                    value.map(SampledValue::timestamp),
                    value.map(SampledValue::value),
                    value.flatMap(SampledValue::context),
                    value.flatMap(SampledValue::format),
                    value.flatMap(SampledValue::measurand),
                    value.flatMap(SampledValue::location),
                    value.flatMap(SampledValue::unit),
                    value.flatMap(SampledValue::phase),
                    row.became(),
                    row.reason());
        }
    }

    @GetMapping
    @Operation(summary = "All sessions, newest first")
    CursorPage<OperatorTransactionJson> list(
            @ParameterObject @ModelAttribute TransactionQuery query,
            @RequestParam Optional<String> limit,
            @RequestParam Optional<String> cursor,
            @SignedInAccount Account operator) {
        var slice = sessions.list(query.filter(operator), cursor.map(SessionsApi::parse), CursorPage.limit(limit));
        return new CursorPage<>(transactions.of(slice.sessions()), slice.next().map(SessionCursor::encoded));
    }

    @WithoutSnapshot
    @GetMapping("/{id}/readings")
    @Operation(summary = "SteVe's last answer about a session, with the result of each row")
    Readings readings(
            @PathVariable String id, @RequestParam Optional<String> limit, @RequestParam Optional<String> cursor) {
        var session = SessionId.parse(id).orElseThrow(NotFound::new);
        var slice = new SessionReadings.Slice.From(CursorPage.placeIn(cursor), CursorPage.limit(limit));
        var page = read(session, slice);
        return new Readings(
                page.readAt(),
                page.rows().stream().map(ReadingRow::of).toList(),
                page.dropped(),
                page.next().map(CursorPage::cursor));
    }

    private SessionReadings.Page read(SessionId session, SessionReadings.Slice slice) {
        try {
            return readings.of(session, slice).orElseThrow(NotFound::new);
        } catch (SessionReadings.Busy e) {
            throw new Unavailable(SyncCommandReason.BUSY.with());
        }
    }

    @PostMapping("/{id}/owner")
    @Operation(summary = "Move a session to the right driver")
    OperatorTransactionJson owner(
            @PathVariable String id, @RequestBody NewOwner wanted, @SignedInAccount Account operator) {
        var session = SessionId.parse(id).flatMap(sessions::find).orElseThrow(NotFound::new);
        var faults = new FaultCollector();
        var driver = wanted.driverId()
                .map(AccountId::new)
                .flatMap(accounts::findDriver)
                .map(Account::id);
        faults.require(
                driver.isPresent(),
                "driverId",
                wanted.driverId().map(AccountReason.NO_DRIVER::with).orElseGet(AccountReason.DRIVER_MISSING::with));
        var reason = AuditReason.of(wanted.reason().orElse(""), faults);
        faults.throwIfAny();
        owners.correct(operator.id(), session.id(), driver.orElseThrow(), reason);
        return transactions.of(sessions.find(session.id()).orElseThrow(NotFound::new));
    }
}
