package express.polaris.sync;

import express.polaris.metering.MeterValues;
import express.polaris.metering.RowOutcome;
import express.polaris.metering.SampledValue;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionImport;
import express.polaris.sessions.Sessions;
import express.polaris.sessions.SteveAnswers;
import express.polaris.steve.SteveTransactionDetails;
import express.polaris.steve.UnreadableRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** What became of each row of SteVe's last answer about a session, told anew from the answer that was kept. */
@Service
public class SessionReadings {

    private final Sessions sessions;
    private final SteveAnswers answers;
    private final SessionImport imports;

    SessionReadings(Sessions sessions, SteveAnswers answers, SessionImport imports) {
        this.sessions = sessions;
        this.answers = answers;
        this.imports = imports;
    }

    /**
     * The rows in SteVe's order.
     *
     * @param readAt when SteVe was asked; empty when no answer is kept
     */
    public record Report(Optional<Instant> readAt, List<Row> rows) {}

    /**
     * One row.
     *
     * @param value SteVe's row; empty when it cannot be read
     * @param became the position of the event that the row made or contributed to
     * @param reason see {@link RowOutcome#reason()} and {@link SessionImport#explain}
     */
    public record Row(Optional<SampledValue> value, Optional<Integer> became, String reason) {}

    /** Empty for a session that is not there. */
    public Optional<Report> of(SessionId id) {
        return sessions.find(id)
                .map(session ->
                        answers.find(id).map(this::report).orElseGet(() -> new Report(Optional.empty(), List.of())));
    }

    private Report report(SteveAnswers.Kept kept) {
        var details = SteveTransactionDetails.parse(kept.json());
        return switch (SteveRows.row(details.transaction())) {
            case SteveRows.Row.Readable(var facts) -> {
                var values = SteveRows.values(details.values());
                var outcomes = imports.explain(facts, MeterValues.of(values), kept.readAt());
                yield new Report(Optional.of(kept.readAt()), rows(values, outcomes, details.unreadable()));
            }
            case SteveRows.Row.Refused(long transaction, String reason) ->
                throw new IllegalStateException("The answer kept for transaction " + transaction
                        + " is not one that was taken over: " + reason);
        };
    }

    private static List<Row> rows(
            List<SampledValue> values, IntFunction<RowOutcome> outcomes, List<UnreadableRow> unreadableRows) {
        var unreadable =
                unreadableRows.stream().collect(Collectors.toMap(UnreadableRow::position, Function.identity()));
        var rows = new ArrayList<Row>();
        int next = 0;
        while (rows.size() < values.size() + unreadable.size()) {
            var refused = Optional.ofNullable(unreadable.get(rows.size()));
            if (refused.isPresent()) {
                rows.add(new Row(
                        Optional.empty(),
                        Optional.empty(),
                        "unreadable: " + refused.get().reason()));
            } else {
                var outcome = outcomes.apply(next);
                rows.add(new Row(Optional.of(values.get(next)), outcome.position(), outcome.reason()));
                next++;
            }
        }
        return rows;
    }
}
