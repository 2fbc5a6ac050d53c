package express.polaris.accounts;

import java.util.List;
import java.util.Optional;

/** Page of accounts, sorted by name. */
public record AccountSlice(List<Account> items, Optional<String> nextCursor) {}
