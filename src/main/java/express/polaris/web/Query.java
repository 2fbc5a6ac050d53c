package express.polaris.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** Query string of a list. Empty and invalid parameters are ignored. */
public record Query(Map<String, String> parameters) {

    public Query {
        parameters = Map.copyOf(parameters);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name))
                .map(text -> text.replace("\0", "").strip())
                .filter(text -> !text.isEmpty());
    }

    /** Date from the year 1970 to 3000. */
    public Optional<LocalDate> date(String name) {
        return text(name).flatMap(Query::readDate);
    }

    private static Optional<LocalDate> readDate(String text) {
        try {
            var date = LocalDate.parse(text);
            boolean sensible = date.getYear() >= 1970 && date.getYear() <= 3000;
            return Optional.of(date).filter(ignored -> sensible);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
