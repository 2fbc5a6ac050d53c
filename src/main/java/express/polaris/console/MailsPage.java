package express.polaris.console;

import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Mails that wait or were given up.
 *
 * @param available whether this installation sends mails
 */
public record MailsPage(Shell shell, boolean available, List<Row> failed, List<Row> waiting) {

    public MailsPage {
        failed = List.copyOf(failed);
        waiting = List.copyOf(waiting);
    }

    /**
     * A mail: whose it is, never its address or words.
     *
     * @param error the kind of failure; empty before the first try
     * @param version to mark it as seen with; empty when it has been
     */
    public record Row(
            long id,
            String kind,
            long account,
            String name,
            boolean isDriver,
            Instant createdAt,
            Optional<Instant> failedAt,
            Optional<Instant> nextTryAt,
            int tries,
            String error,
            Optional<String> version) {}
}
