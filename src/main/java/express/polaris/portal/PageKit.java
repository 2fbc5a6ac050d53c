package express.polaris.portal;

import express.polaris.accounts.Account;
import express.polaris.web.Pages;
import express.polaris.web.RefusalTexts;
import org.springframework.stereotype.Component;

/** Shared dependencies of the portal's controllers. */
@Component
public record PageKit(Pages pages, Shells shells, Underway underway, Places places) {

    /** Refusals in the reader's words. */
    public static RefusalTexts refusals(Account reader) {
        return new RefusalTexts(reader.locale(), reader.timeZone());
    }
}
