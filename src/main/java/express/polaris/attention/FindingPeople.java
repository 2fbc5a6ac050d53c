package express.polaris.attention;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.attention.Finding.Person;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Names of the drivers that findings are about. */
@Component
class FindingPeople {

    private final AccountService accounts;

    FindingPeople(AccountService accounts) {
        this.accounts = accounts;
    }

    /** Runs at most one query. An account that is gone has its id as its name. */
    Function<AccountId, Person> of(Collection<AccountId> ids) {
        var found = ids.isEmpty() ? Map.<AccountId, Account>of() : accounts.findAll(ids);
        return id -> new Person(
                id, Optional.ofNullable(found.get(id)).map(Account::name).orElse(id.toString()));
    }
}
