package express.polaris.accounts;

import java.util.List;
import java.util.Optional;

/** A page of accounts, by name. */
public record AccountPage(List<Account> items, Optional<String> nextCursor) {}
