package express.polaris.console;

import express.polaris.accounts.Account;

/** Link to the page of a person. */
public record PersonLink(long id, String name, String email) {

    public static PersonLink of(Account account) {
        return new PersonLink(account.id().value(), account.name(), account.email());
    }

    public String href() {
        return "/operator/drivers/" + id;
    }
}
