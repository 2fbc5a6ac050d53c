package express.polaris.portal;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.Fragment;
import express.polaris.web.Shell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page {@code /sessions}, newest first.
 *
 * @param now the server's clock, from which the browser counts on
 * @param rows a {@link Row} each, written
 * @param totals of all that match the filter, not of this page alone
 * @param nextCursor absent on the last page
 */
public record SessionListPage(
        Shell shell,
        Instant now,
        Filter filter,
        Choices choices,
        List<Fragment> rows,
        Totals totals,
        Optional<String> nextCursor) {

    /** What is asked for; every part is in the address. Dates are the driver's, both inclusive, by start. */
    public record Filter(
            Optional<SessionHead.Status> status,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            Optional<String> cardId,
            Optional<String> chargeBoxId) {

        public static final Filter NONE =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public boolean isNarrowed() {
            return !equals(NONE);
        }

        /** How many parts are set beside the status. */
        public long details() {
            return Stream.of(from, to, cardId, chargeBoxId)
                    .filter(Optional::isPresent)
                    .count();
        }

        public Filter with(Optional<SessionHead.Status> other) {
            return new Filter(other, from, to, cardId, chargeBoxId);
        }

        public Filter between(Optional<LocalDate> first, Optional<LocalDate> last) {
            return new Filter(status, first, last, cardId, chargeBoxId);
        }

        public String href() {
            return href("/sessions", Optional.empty());
        }

        public String hrefAfter(String cursor) {
            return href("/sessions", Optional.of(cursor));
        }

        public String csvHref() {
            return href("/api/v1/sessions.csv", Optional.empty());
        }

        private String href(String path, Optional<String> cursor) {
            var query = Stream.of(
                            parameter("status", status.map(SessionHead.Status::css)),
                            parameter("from", from.map(LocalDate::toString)),
                            parameter("to", to.map(LocalDate::toString)),
                            parameter("cardId", cardId),
                            parameter("chargeBoxId", chargeBoxId),
                            parameter("cursor", cursor))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining("&"));
            return query.isEmpty() ? path : path + "?" + query;
        }

        private static Optional<String> parameter(String name, Optional<String> value) {
            return value.map(it -> name + "=" + URLEncoder.encode(it, StandardCharsets.UTF_8));
        }
    }

    /**
     * What the filter offers.
     *
     * @param presets spans of time, the whole of it first
     */
    public record Choices(Statuses statuses, List<Preset> presets, List<Choice> cards, List<Choice> chargers) {

        /** Of a driver who has no session. */
        public static final Choices NONE = new Choices(new Statuses(0, 0), List.of(), List.of(), List.of());
    }

    /** How many sessions the rest of the filter leaves of each status. */
    public record Statuses(long inProgress, long completed) {

        public long all() {
            return inProgress + completed;
        }
    }

    /**
     * A span of time to choose.
     *
     * @param name as its text is called: {@code all}, {@code month}, {@code period}, {@code year}
     * @param filter with it
     */
    public record Preset(String name, Filter filter, long count) {

        public String key() {
            return "list.span." + name;
        }
    }

    /** @param count how many sessions the rest of the filter leaves of it */
    public record Choice(String value, String label, long count) {}

    /**
     * Sums over all that match.
     *
     * @param disputed energy of sessions that an operator has to decide about; not a part of the energy
     * @param cost what is known of it, one amount per currency
     * @param costComplete no session of unknown cost is missing from it
     */
    public record Totals(long sessions, Energy energy, Energy disputed, List<Money> cost, boolean costComplete) {}

    /**
     * One session.
     *
     * @param average absent without a duration
     */
    public record Row(
            SessionHead head,
            Span span,
            Optional<String> charger,
            Optional<CardView> card,
            Energy energy,
            Optional<Power> average,
            CostView.Sum cost) {}

    /** A row and how it is written. */
    public record RowPart(Row row, Texts texts, Format format) {}

    /** @param duration start to stop, or to now while live */
    public record Span(Instant startedAt, Duration duration) {}
}
