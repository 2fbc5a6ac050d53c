package express.polaris.fieldcases;

import express.polaris.fieldcases.FieldCase.Expectation;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A session as people see it.
 *
 * @param session of the driver, from the API
 * @param timeline items of the session's timeline
 * @param attention findings shown to operators
 * @param page of the driver
 * @param twinIsStuck whether the second transaction is listed as stuck
 * @param beginning of the case, to which its instants are relative
 * @param now by the portal's clock
 */
record ShownSession(
        JsonNode session,
        List<JsonNode> timeline,
        List<JsonNode> attention,
        HttpResponse<String> page,
        boolean twinIsStuck,
        Instant beginning,
        Instant now) {

    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** A minus sign before a digit that is not part of a word, a date or a range. */
    private static final Pattern NEGATIVE_FIGURE = Pattern.compile("(?<![\\p{Alnum}.:])[-\u2212]\\s?\\d");

    private static final Pattern NOT_READ_BY_PEOPLE =
            Pattern.compile("(?s)<script.*?</script>|<style.*?</style>|<svg.*?</svg>|<[^>]*>");

    /** The expectations that do not hold; empty if all do. */
    List<String> faults(List<Expectation> expectations) {
        var faults = new ArrayList<String>();
        for (var expectation : expectations) {
            var found = found(expectation);
            if (!holds(expectation, found)) {
                faults.add(expectation + ", but it is " + found.orElse("absent"));
            }
        }
        return faults;
    }

    private Optional<String> found(Expectation expectation) {
        return switch (expectation.path()) {
            case "flags" -> Optional.of(String.join(" ", flags()));
            case "attention" -> Optional.of(Boolean.toString(isMentioned()));
            case "order" -> Optional.of(Boolean.toString(isInOrder()));
            case "page" ->
                Optional.of(
                        expectation.operator().equals("status")
                                ? Integer.toString(page.statusCode())
                                : Boolean.toString(
                                        !NEGATIVE_FIGURE.matcher(text()).find()));
            case "timeline.n" -> Optional.of(Integer.toString(timeline.size()));
            case "timeline.sum" ->
                Optional.of(values("kwhDelta")
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .toPlainString());
            case "timeline.maxdelta" -> greatest("kwhDelta");
            case "timeline.maxpower" -> greatest("powerKw");
            case "twin.stuck" -> Optional.of(Boolean.toString(twinIsStuck));
            default -> inSession(expectation.path());
        };
    }

    private Optional<String> inSession(String path) {
        var value = session;
        for (var name : path.substring("session.".length()).split("\\.", -1)) {
            value = value.path(name);
        }
        if (value.isArray()) {
            return Optional.of(
                    String.join(" ", value.valueStream().map(JsonNode::asString).toList()));
        }
        return value.isNull() || value.isMissingNode() ? Optional.empty() : Optional.of(value.asString());
    }

    private boolean holds(Expectation expectation, Optional<String> found) {
        var wanted = expectation.value();
        return switch (expectation.operator()) {
            case "eq", "status", "mentions", "ok", "noneg" -> found.equals(Optional.of(wanted));
            case "has", "inc" ->
                found.filter(words -> words(words).contains(wanted)).isPresent();
            case "hasnot" ->
                found.filter(words -> !words(words).contains(wanted)).isPresent();
            case "dec" -> compared(found, wanted).filter(order -> order == 0).isPresent();
            case "ge" -> compared(found, wanted).filter(order -> order >= 0).isPresent();
            case "lt" -> compared(found, wanted).filter(order -> order < 0).isPresent();
            case "notneg" -> found.isEmpty() || compared(found, "0").orElseThrow() >= 0;
            case "time" ->
                found.map(Instant::parse)
                        .map(time -> Duration.between(time, FieldCase.instant(wanted, beginning))
                                .abs())
                        .filter(distance -> distance.compareTo(TOLERANCE) <= 0)
                        .isPresent();
            default -> throw new IllegalArgumentException("There is no operator " + expectation.operator());
        };
    }

    private static Optional<Integer> compared(Optional<String> found, String wanted) {
        return found.map(number -> new BigDecimal(number).compareTo(new BigDecimal(wanted)));
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }

    private Set<String> flags() {
        var flags = new HashSet<String>();
        Stream.concat(Stream.of(session), timeline.stream())
                .forEach(part -> part.path("flags").forEach(flag -> flags.add(flag.asString())));
        return flags;
    }

    private boolean isMentioned() {
        var id = session.path("id").asString();
        var inWords = Pattern.compile("(?i)(#|transaction |session )" + id + "(?!\\d|[.,]\\d)");
        return attention.stream()
                .anyMatch(item -> item.path("subject").asString().equals(id)
                        || item.path("href").asString().endsWith("/transactions/" + id)
                        || inWords.matcher(item.path("message").asString()).find());
    }

    private boolean isInOrder() {
        var start = Instant.parse(session.path("startedAt").asString());
        var end = session.path("endedAt").isString()
                ? Instant.parse(session.path("endedAt").stringValue())
                : now;
        return !end.isBefore(start) && !end.isAfter(now);
    }

    private Stream<BigDecimal> values(String field) {
        return timeline.stream()
                .map(item -> item.path(field))
                .filter(JsonNode::isString)
                .map(value -> new BigDecimal(value.stringValue()));
    }

    private Optional<String> greatest(String field) {
        return values(field).max(BigDecimal::compareTo).map(BigDecimal::toPlainString);
    }

    private String text() {
        return NOT_READ_BY_PEOPLE.matcher(page.body()).replaceAll(" ");
    }
}
