package express.polaris.portal;

import express.polaris.accounts.Account;
import express.polaris.web.Pages;
import express.polaris.web.RefusalTexts;
import org.springframework.stereotype.Component;

/** Shared dependencies of the portal's controllers. */
@Component
public record PageKit(Pages pages, ShellFactory shells, ActiveSessions underway, ChargerAvailability places) {

    /** Refusal texts in the reader's language. */
    public static RefusalTexts refusals(Account reader) {
        return new RefusalTexts(reader.locale(), reader.timeZone());
    }
}
