package express.polaris.portal;

import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Page {@code /demo/inbox}, newest mail first. */
public record DemoInboxPage(Shell shell, List<Mail> mails) {

    /**
     * @param link path on this site that the mail links to
     */
    public record Mail(Instant at, String to, String subject, String plain, Optional<String> link) {

        @Override
        public String toString() {
            return "Mail";
        }
    }
}
