package express.polaris.portal.sessions;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.portal.CardView;
import express.polaris.portal.CostView;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.Fragment;
import express.polaris.web.Shell;
import express.polaris.web.views.SessionHead;
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
 * Page {@code /sessions}, newest first.
 *
 * @param now server time, from which the browser continues counting
 * @param rows rendered rows, one per {@link Row}
 * @param totals totals of all sessions that match the filter, not only of this page
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

    /** Filter as given in the query string. Dates are in the driver's zone, both inclusive, and apply to the start. */
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

        /** Number of set parts other than the status. */
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
     * Choices of the filter.
     *
     * @param presets spans of time; the unlimited one comes first
     */
    public record Choices(Statuses statuses, List<Preset> presets, List<Choice> cards, List<Choice> chargers) {

        /** Choices for a driver without sessions. */
        public static final Choices NONE = new Choices(new Statuses(0, 0), List.of(), List.of(), List.of());
    }

    /** Number of sessions of each status that match the other parts of the filter. */
    public record Statuses(long inProgress, long completed) {

        public long all() {
            return inProgress + completed;
        }
    }

    /**
     * Span of time to choose.
     *
     * @param name {@code all}, {@code month}, {@code period} or {@code year}, as in its text key
     * @param filter the filter with this span
     */
    public record Preset(String name, Filter filter, long count) {

        public String key() {
            return "list.span." + name;
        }
    }

    /**
     * @param count number of matching sessions under the other parts of the filter
     */
    public record Choice(String value, String label, long count) {}

    /**
     * Totals of all matching sessions.
     *
     * @param disputed energy of sessions that an operator has to decide; not included in the energy
     * @param cost known cost, one amount per currency
     * @param costComplete whether the cost of every session is known
     */
    public record Totals(long sessions, Energy energy, Energy disputed, List<Money> cost, boolean costComplete) {}

    /**
     * Session.
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

    /** Row with its texts and formats. */
    public record RowPart(Row row, Texts texts, Format format) {}

    /**
     * @param duration from start to stop, or to now while live
     */
    public record Span(Instant startedAt, Duration duration) {}
}
