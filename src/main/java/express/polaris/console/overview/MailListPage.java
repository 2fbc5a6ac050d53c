package express.polaris.console.overview;

import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/mails}: mails that were given up or are waiting.
 *
 * @param available whether this installation sends mail
 */
public record MailListPage(Shell shell, boolean available, List<Row> failed, List<Row> waiting) {

    public MailListPage {
        failed = List.copyOf(failed);
        waiting = List.copyOf(waiting);
    }

    /**
     * Mail by recipient, without address or text.
     *
     * @param error kind of failure; empty before the first try
     * @param version version with which to dismiss the mail; empty if it already is or is still waiting
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
