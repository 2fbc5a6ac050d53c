package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.People;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Somebody who is chosen in a form: by address, or by the number of their account. */
@Component
class PersonChoice {

    private static final int OFFERED = 200;

    private final Accounts accounts;
    private final People people;

    PersonChoice(Accounts accounts, People people) {
        this.accounts = accounts;
        this.people = people;
    }

    /** Empty when there is nobody like that, or their account was deleted. */
    Optional<Account> find(String text) {
        var wanted = text.strip();
        if (wanted.matches("[1-9][0-9]{0,17}")) {
            return people.find(new AccountId(Long.parseLong(wanted)))
                    .filter(person -> !person.deleted())
                    .map(People.Person::account);
        }
        return wanted.isEmpty() ? Optional.empty() : accounts.findByEmail(wanted);
    }

    /**
     * The drivers that are meant: the one with this address or number, else those whose name or address has it.
     *
     * @param most how many are told apart
     */
    List<Account> drivers(String text, int most) {
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

    /** By name; the first of many. */
    List<Account> offered() {
        var all = new People.Filter("", Optional.empty(), Optional.empty());
        return people.page(all, Optional.empty(), OFFERED).items().stream()
                .filter(person -> !person.deleted())
                .map(People.Person::account)
                .toList();
    }
}
