package express.polaris.console;

import express.polaris.web.Shell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people did.
 *
 * @param faults what is wrong with the filter, in the viewer's words
 * @param actors who did something so far
 * @param actions what was done so far
 * @param nextCursor where the rest begins
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

    /** Something a filter offers. */
    public record Choice(String value, String label) {}

    /**
     * One thing that was done.
     *
     * @param actor empty for the system itself
     * @param href of the page about the subject
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

    /** A name and its value. */
    public record Detail(String name, String value) {}

    /**
     * What is shown, as it stands in the address.
     *
     * @param who the id of an account; empty for all
     * @param from in the viewer's zone, as {@code to} inclusive
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
