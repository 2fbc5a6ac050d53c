package express.polaris.sync;

import express.polaris.metering.MeterValues;
import express.polaris.metering.RowOutcome;
import express.polaris.metering.SampledValue;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.TransactionFacts;
import express.polaris.sessions.events.KeptAnswer;
import express.polaris.sessions.events.KeptRow;
import express.polaris.sessions.events.SessionImport;
import express.polaris.sessions.events.SteveAnswers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.springframework.stereotype.Service;

/**
 * Outcome of the rows of SteVe's last answer about a session, computed from the kept answer. These are the rows that
 * metering reads and the unreadable ones, in SteVe's order; other rows are only counted.
 */
@Service
public class SessionReadings {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final IntFunction<RowOutcome> NO_OUTCOMES = row -> {
        throw new IndexOutOfBoundsException(row);
    };

    private final SessionService sessions;
    private final SteveAnswers answers;
    private final SessionImport imports;
    private final LargeAnswers memory;

    SessionReadings(SessionService sessions, SteveAnswers answers, SessionImport imports, LargeAnswers memory) {
        this.sessions = sessions;
        this.answers = answers;
        this.imports = imports;
        this.memory = memory;
    }

    /** Other large answers are being processed; retry later. */
    public static final class Busy extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Busy() {
            super("Other large answers from SteVe are being processed");
        }
    }

    /** Requested rows, by their places in the answer, from 0. */
    public sealed interface Slice {

        /** The rows from this place on. */
        record From(int first, int limit) implements Slice {}

        /** The last rows before this place, or before the end. */
        record Before(Optional<Integer> place, int limit) implements Slice {}

        private int first(int total) {
            return switch (this) {
                case From(int first, int ignored) -> first;
                case Before(var place, int limit) -> Math.max(0, Math.min(place.orElse(total), total) - limit);
            };
        }

        private int end(int total) {
            return switch (this) {
                case From(int first, int limit) -> (int) Math.min(total, (long) first + limit);
                case Before(var place, int ignored) -> Math.min(place.orElse(total), total);
            };
        }
    }

    /**
     * A part of an answer.
     *
     * @param readAt when the answer was requested; empty if no answer is kept
     * @param first place of the first of these rows in the answer, from 0
     * @param total number of rows in the answer
     * @param dropped number of rows of other measurands that SteVe sent, by measurand
     */
    public record Page(Optional<Instant> readAt, List<Row> rows, int first, int total, Map<String, Integer> dropped) {

        static final Page NONE = new Page(Optional.empty(), List.of(), 0, 0, Map.of());

        /** Place of the first row after these; empty if these are the last ones. */
        public Optional<Integer> next() {
            int next = first + rows.size();
            return next < total ? Optional.of(next) : Optional.empty();
        }
    }

    /**
     * One row.
     *
     * @param value SteVe's row; empty if it is unreadable
     * @param became position of the event that the row made or contributed to
     * @param reason see {@link RowOutcome#reason()} and {@link SessionImport#explain}
     */
    public record Row(Optional<SampledValue> value, Optional<Integer> became, String reason) {}

    /**
     * Empty for an unknown session.
     *
     * @throws Busy if the answer is large and no memory is free for it within 20 seconds
     */
    public Optional<Page> of(SessionId id, Slice slice) {
        return sessions.find(id)
                .map(session -> answers.find(id).map(kept -> page(kept, slice)).orElse(Page.NONE));
    }

    private Page page(SteveAnswers.Kept kept, Slice slice) {
        return switch (kept.content()) {
            case SteveAnswers.Content.Rows(var facts, var answer) -> page(kept.readAt(), facts, answer, slice);
            case SteveAnswers.Content.WholeJson json -> {
                var answer = AnswerReader.archived(json.open());
                yield page(kept.readAt(), facts(answer), answer.kept(), slice);
            }
        };
    }

    private static TransactionFacts facts(AnswerReader.Answer answer) {
        return switch (SteveRowReader.row(answer.transaction())) {
            case SteveRowReader.Row.Readable(var facts) -> facts;
            case SteveRowReader.Row.Refused(long transaction, var why) ->
                throw new IllegalStateException(
                        "The answer stored for transaction " + transaction + " cannot be read again: " + why.english());
        };
    }

    private Page page(Instant readAt, TransactionFacts facts, KeptAnswer answer, Slice slice) {
        try (var ignored = memory.await(facts.id(), answer.size(), PATIENCE)) {
            return explained(readAt, facts, answer, slice);
        } catch (LargeAnswers.NoRoom e) {
            throw new Busy();
        }
    }

    private Page explained(Instant readAt, TransactionFacts facts, KeptAnswer answer, Slice slice) {
        int first = slice.first(answer.size());
        var wanted = new Wanted(first, slice.end(answer.size()));
        answer.forEach(wanted::pass);
        var outcomes = wanted.rows.isEmpty() ? NO_OUTCOMES : imports.explain(facts, wanted.values.build(), readAt);
        var rows = wanted.rows.stream().map(row -> row.with(outcomes)).toList();
        return new Page(Optional.of(readAt), rows, first, answer.size(), answer.dropped());
    }

    /** Picks the rows of a page while the rows of an answer pass by. */
    private static final class Wanted {

        private final int first;
        private final int end;
        private final MeterValues.Builder values = new MeterValues.Builder();
        private int added;
        private final List<Picked> rows = new ArrayList<>();
        private int passed;

        Wanted(int first, int end) {
            this.first = first;
            this.end = end;
        }

        void pass(KeptRow row) {
            if (first <= passed && passed < end) {
                rows.add(new Picked(row, added));
            }
            if (row instanceof KeptRow.Value(var value)) {
                values.add(value);
                added++;
            }
            passed++;
        }
    }

    /**
     * @param index index among the readable rows; unused for an unreadable one
     */
    private record Picked(KeptRow row, int index) {

        Row with(IntFunction<RowOutcome> outcomes) {
            return switch (row) {
                case KeptRow.Value(var value) -> {
                    var outcome = outcomes.apply(index);
                    yield new Row(Optional.of(value), outcome.position(), outcome.reason());
                }
                case KeptRow.Unreadable(var reason) ->
                    new Row(Optional.empty(), Optional.empty(), "unreadable: " + reason);
            };
        }
    }
}
