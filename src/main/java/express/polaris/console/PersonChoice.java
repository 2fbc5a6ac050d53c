package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.PersonDirectory;
import express.polaris.web.views.ConsolePaths;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Resolves an account from what is typed into a form. */
@Component
public class PersonChoice {

    private static final int OFFERED = 200;

    private final AccountService accounts;
    private final PersonDirectory people;

    PersonChoice(AccountService accounts, PersonDirectory people) {
        this.accounts = accounts;
        this.people = people;
    }

    /** Finds an account by e-mail address or id; empty if it does not exist or was deleted. */
    public Optional<Account> find(String text) {
        var wanted = text.strip();
        if (wanted.matches("[1-9][0-9]{0,17}")) {
            return people.find(new AccountId(Long.parseLong(wanted)))
                    .filter(person -> !person.deleted())
                    .map(PersonDirectory.Person::account);
        }
        return wanted.isEmpty() ? Optional.empty() : accounts.findByEmail(wanted);
    }

    /**
     * Finds the driver with this e-mail address or id, otherwise the drivers whose name or address contains the text.
     *
     * @param most maximum number of matches
     */
    public List<Account> drivers(String text, int most) {
        var wanted = text.strip().replace("\0", "");
        if (wanted.isEmpty()) {
            return List.of();
        }
        var exact = ConsolePaths.id(wanted).isPresent()
                ? accounts.findDriver(new AccountId(Long.parseLong(wanted)))
                : accounts.findByEmail(wanted).filter(account -> !account.isOperator());
        return exact.map(List::of)
                .orElseGet(() -> accounts.drivers(Optional.of(wanted), Optional.empty(), most)
                        .items());
    }

    /** The first 200 accounts by name, without deleted ones. */
    public List<Account> offered() {
        var all = new PersonDirectory.Filter("", Optional.empty(), Optional.empty());
        return people.page(all, Optional.empty(), OFFERED).items().stream()
                .filter(person -> !person.deleted())
                .map(PersonDirectory.Person::account)
                .toList();
    }
}
