package express.polaris.console.audit;

import express.polaris.web.Shell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/audit}.
 *
 * @param faults faults of the filter, in the viewer's language
 * @param actors accounts with at least one entry
 * @param actions actions with at least one entry
 * @param nextCursor cursor of the next page; absent on the last page
 */
public record AuditPage(
        Shell shell,
        Filter filter,
        List<String> faults,
        List<Choice> actors,
        List<Choice> actions,
        List<Row> rows,
        Optional<String> nextCursor) {

    public AuditPage {
        faults = List.copyOf(faults);
        actors = List.copyOf(actors);
        actions = List.copyOf(actions);
        rows = List.copyOf(rows);
    }

    /** Choice of a filter. */
    public record Choice(String value, String label) {}

    /**
     * Entry of the audit log.
     *
     * @param actor empty for the system itself
     * @param href page about the subject
     */
    public record Row(
            long id,
            Instant at,
            Optional<String> actor,
            String action,
            String code,
            String subject,
            Optional<String> href,
            List<Detail> details) {

        public Row {
            details = List.copyOf(details);
        }
    }

    /** Name and value of a detail. */
    public record Detail(String name, String value) {}

    /**
     * Filter as given in the query string.
     *
     * @param who account id; empty for all
     * @param from first day in the viewer's zone; {@code to} is the last, inclusive
     */
    public record Filter(String who, String action, String subject, String from, String to) {

        public boolean isNarrowed() {
            return !(who + action + subject + from + to).isEmpty();
        }

        public String hrefAfter(String cursor) {
            var parts = new ArrayList<String>();
            add(parts, "who", who);
            add(parts, "action", action);
            add(parts, "subject", subject);
            add(parts, "from", from);
            add(parts, "to", to);
            add(parts, "cursor", cursor);
            return "/operator/audit?" + String.join("&", parts);
        }

        private static void add(List<String> parts, String name, String value) {
            if (!value.isEmpty()) {
                parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
    }
}
