package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.api.live.CostJson;
import express.polaris.api.live.SessionJson;
import express.polaris.api.live.SessionJsonWriter;
import express.polaris.documents.Csv;
import express.polaris.platform.database.Snapshot;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionCursor;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionService;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;

/** The driver's sessions as CSV (RFC 4180). Streams page by page, so memory use does not depend on their number. */
@RestController
class SessionCsvApi {

    static final List<String> COLUMNS = List.of(
            "session_id",
            "started_at",
            "ended_at",
            "duration_seconds",
            "status",
            "charge_box",
            "connector",
            "card",
            "energy_kwh",
            "average_kw",
            "cost_amount",
            "cost_currency",
            "cost_coverage",
            "stop_reason");

    private static final int AT_A_TIME = 200;

    private final SessionService sessions;
    private final SessionJsonWriter json;
    private final Snapshot snapshot;

    SessionCsvApi(SessionService sessions, SessionJsonWriter json, Snapshot snapshot) {
        this.sessions = sessions;
        this.json = json;
        this.snapshot = snapshot;
    }

    /** Rows of one state of the database; no connection is held while they are sent. */
    private record Part(List<List<String>> rows, Optional<SessionCursor> next) {}

    @GetMapping("/api/v1/sessions.csv")
    @Operation(summary = "Your sessions as a table, newest first")
    @CsvResponse
    void write(
            @ParameterObject @ModelAttribute SessionQuery query,
            @SignedInAccount Account account,
            HttpServletResponse response)
            throws IOException {
        var filter = query.filter(account);
        var part = part(filter, Optional.empty());
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"sessions.csv\"");
        var csv = new Csv(response.getOutputStream());
        csv.row(COLUMNS);
        write(part, csv);
        while (part.next().isPresent()) {
            part = part(filter, part.next());
            write(part, csv);
        }
        csv.flush();
    }

    private Part part(SessionFilter filter, Optional<SessionCursor> after) {
        return snapshot.of(() -> {
            var slice = sessions.list(filter, after, AT_A_TIME);
            var views = json.of(slice.sessions());
            var rows = new ArrayList<List<String>>();
            for (int i = 0; i < views.size(); i++) {
                rows.add(row(slice.sessions().get(i), views.get(i)));
            }
            return new Part(rows, slice.next());
        });
    }

    private static void write(Part part, Csv csv) throws IOException {
        for (var row : part.rows()) {
            csv.row(row);
        }
    }

    private static List<String> row(ChargingSession session, SessionJson view) {
        return List.of(
                Long.toString(view.id()),
                view.startedAt().toString(),
                view.endedAt().map(Instant::toString).orElse(""),
                Long.toString(view.durationSeconds()),
                view.status(),
                Csv.text(session.chargeBoxId().value()),
                Integer.toString(session.connectorId()),
                Csv.text(view.card().map(SessionJson.CardPart::label).orElse("")),
                view.energyKwh().toPlainString(),
                decimal(view.averageKw()),
                joined(view.cost(), amount -> amount.amount().toPlainString())
                        .orElseGet(() -> decimal(view.cost().amount())),
                joined(view.cost(), CostJson.Amount::currency)
                        .orElse(view.cost().currency()),
                view.cost().coverage(),
                Csv.text(view.stopReason().orElse("")));
    }

    /** Joins the amounts, or the codes, of several currencies with "+"; both columns have the same order. */
    private static Optional<String> joined(CostJson cost, Function<CostJson.Amount, String> part) {
        return cost.amounts().stream().map(part).reduce((one, other) -> one + "+" + other);
    }

    private static String decimal(Optional<BigDecimal> value) {
        return value.map(BigDecimal::toPlainString).orElse("");
    }
}
