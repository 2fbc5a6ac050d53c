package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.web.Pages;
import express.polaris.web.RefusalTexts;
import org.springframework.stereotype.Component;

/** Shared dependencies of the console's controllers. */
@Component
public record ConsoleKit(Pages pages, ConsoleShellFactory shells, AccountService accounts) {

    /** Refusal texts in the operator's language, with the names of people in place of their ids. */
    public RefusalTexts refusals(Account operator) {
        return new RefusalTexts(
                operator.locale(), operator.timeZone(), part -> part instanceof AccountId id ? nameOf(id) : part);
    }

    public String nameOf(AccountId id) {
        return accounts.find(id).map(Account::name).orElseGet(id::toString);
    }
}
