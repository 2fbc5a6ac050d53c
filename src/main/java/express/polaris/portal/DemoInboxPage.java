package express.polaris.portal;

import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The page {@code /demo/inbox}, the newest mail first. */
public record DemoInboxPage(Shell shell, List<Mail> mails) {

    /** @param link where the mail leads to, on this site */
    public record Mail(Instant at, String to, String subject, String plain, Optional<String> link) {

        @Override
        public String toString() {
            return "Mail";
        }
    }
}
