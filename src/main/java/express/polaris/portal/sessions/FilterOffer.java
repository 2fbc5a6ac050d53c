package express.polaris.portal.sessions;

import express.polaris.portal.ChargerAvailability;
import express.polaris.portal.sessions.SessionListPage.Choice;
import express.polaris.portal.sessions.SessionListPage.Choices;
import express.polaris.portal.sessions.SessionListPage.Filter;
import express.polaris.portal.sessions.SessionListPage.Preset;
import express.polaris.portal.sessions.SessionListPage.Statuses;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.statistics.SessionTallies.Tally;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.web.views.SessionHead;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Choices of the session list's filter, each with the number of sessions that match it and all other parts of the
 * filter. Dates are in the driver's zone, even for a billing period in another zone.
 */
final class FilterOffer {

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9000-01-01T00:00:00Z");

    /** Index of the filter's own date span; the presets follow. */
    private static final int CHOSEN = 0;

    private final Filter filter;
    private final ZoneId zone;
    private final ChargerAvailability.Known availability;
    private final List<Span> spans = new ArrayList<>();

    private record Span(String name, Optional<LocalDate> first, Optional<LocalDate> last) {}

    record Count(long sessions, Energy energy, Energy disputed) {}

    /**
     * @param period current billing period; empty without a subscription
     */
    FilterOffer(SessionListBuilder.Wanted wanted, Optional<Interval> period) {
        this.filter = wanted.filter();
        this.zone = wanted.format().zone();
        this.availability = wanted.availability();
        var today = wanted.today();
        spans.add(new Span("chosen", filter.from(), filter.to()));
        spans.add(new Span("all", Optional.empty(), Optional.empty()));
        spans.add(span("month", today.withDayOfMonth(1), today.withDayOfMonth(today.lengthOfMonth())));
        period.map(it -> span(
                        "period",
                        LocalDate.ofInstant(it.from(), zone),
                        LocalDate.ofInstant(it.to().minusNanos(1), zone)))
                .ifPresent(spans::add);
        spans.add(span("year", today.withDayOfYear(1), today.withDayOfYear(today.lengthOfYear())));
    }

    private static Span span(String name, LocalDate first, LocalDate last) {
        return new Span(name, Optional.of(first), Optional.of(last));
    }

    static SessionFilter sessionFilter(SessionListBuilder.Wanted wanted) {
        var filter = wanted.filter();
        var zone = wanted.format().zone();
        return SessionFilter.of(wanted.driver())
                .withStatus(filter.status().map(FilterOffer::status))
                .withStart(
                        filter.from().map(date -> startOf(date, zone)),
                        filter.to().map(date -> startOf(date.plusDays(1), zone)))
                .withCard(filter.cardId().map(FilterOffer::id))
                .withChargeBox(filter.chargeBoxId());
    }

    /** Intervals to count: the filter's own first. */
    List<Interval> spans() {
        return spans.stream()
                .map(span -> {
                    var from = span.first().map(date -> startOf(date, zone)).orElse(FIRST);
                    var to = span.last()
                            .map(date -> startOf(date.plusDays(1), zone))
                            .orElse(LAST);
                    return new Interval(from, to.isBefore(from) ? from : to);
                })
                .toList();
    }

    /** Totals of the sessions that match the whole filter. */
    Count count(List<Tally> tallies) {
        var matching = tallies.stream()
                .filter(ofStatus().and(inDates(CHOSEN)).and(ofCard()).and(ofCharger()))
                .toList();
        return new Count(
                sum(matching),
                matching.stream().map(Tally::energy).reduce(Energy.ZERO, Energy::plus),
                matching.stream().map(Tally::disputed).reduce(Energy.ZERO, Energy::plus));
    }

    /** @param own the driver's cards, open or ended */
    Choices choices(List<Tally> tallies, List<EvCard> own) {
        return new Choices(statuses(tallies), presets(tallies), cards(tallies, own), chargers(tallies));
    }

    private Statuses statuses(List<Tally> tallies) {
        var others = tallies.stream()
                .filter(inDates(CHOSEN).and(ofCard()).and(ofCharger()))
                .toList();
        long completed = sum(others.stream()
                .filter(tally -> tally.status() == SessionStatus.COMPLETED)
                .toList());
        return new Statuses(sum(others) - completed, completed);
    }

    private List<Preset> presets(List<Tally> tallies) {
        var others = tallies.stream()
                .filter(ofStatus().and(ofCard()).and(ofCharger()))
                .toList();
        var presets = new ArrayList<Preset>();
        for (int i = CHOSEN + 1; i < spans.size(); i++) {
            var span = spans.get(i);
            presets.add(new Preset(
                    span.name(),
                    filter.between(span.first(), span.last()),
                    sum(others.stream().filter(inDates(i)).toList())));
        }
        return presets;
    }

    private List<Choice> cards(List<Tally> tallies, List<EvCard> own) {
        var others = tallies.stream()
                .filter(ofStatus().and(inDates(CHOSEN)).and(ofCharger()))
                .toList();
        return own.stream()
                .map(card -> new Choice(
                        String.valueOf(card.id().value()),
                        card.label(),
                        sum(others.stream()
                                .filter(tally -> tally.card().equals(Optional.of(card.id())))
                                .toList())))
                .toList();
    }

    private List<Choice> chargers(List<Tally> tallies) {
        var counts = new TreeMap<ChargeBoxId, Long>(Comparator.comparing(FilterOffer::folded));
        tallies.forEach(tally -> counts.put(tally.chargeBoxId(), 0L));
        tallies.stream()
                .filter(ofStatus().and(inDates(CHOSEN)).and(ofCard()))
                .forEach(tally -> counts.merge(tally.chargeBoxId(), tally.sessions(), Long::sum));
        var choices = new ArrayList<Choice>();
        counts.forEach((box, count) -> choices.add(new Choice(box.value(), availability.nameOf(box), count)));
        return choices;
    }

    private Predicate<Tally> ofStatus() {
        return tally -> filter.status()
                .map(FilterOffer::status)
                .filter(status -> status != tally.status())
                .isEmpty();
    }

    private static Predicate<Tally> inDates(int span) {
        return tally -> tally.within().get(span);
    }

    private Predicate<Tally> ofCard() {
        return tally -> filter.cardId()
                .map(FilterOffer::id)
                .filter(id -> tally.card().filter(card -> card.value() == id).isEmpty())
                .isEmpty();
    }

    private Predicate<Tally> ofCharger() {
        return tally -> filter.chargeBoxId()
                .filter(box -> !box.equalsIgnoreCase(tally.chargeBoxId().value()))
                .isEmpty();
    }

    private static long sum(List<Tally> tallies) {
        return tallies.stream().mapToLong(Tally::sessions).sum();
    }

    private static String folded(ChargeBoxId box) {
        return box.value().toLowerCase(Locale.ROOT);
    }

    private static SessionStatus status(SessionHead.Status status) {
        return switch (status) {
            case IN_PROGRESS -> SessionStatus.IN_PROGRESS;
            case COMPLETED -> SessionStatus.COMPLETED;
        };
    }

    private static Instant startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** Returns -1, which matches no card, for an invalid id. */
    private static long id(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
