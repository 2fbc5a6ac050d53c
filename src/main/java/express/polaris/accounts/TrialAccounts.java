package express.polaris.accounts;

import java.util.List;

/** Accounts that the sign-in page offers to every visitor; only the demo has them. */
@FunctionalInterface
public interface TrialAccounts {

    List<TrialAccount> list();

    record TrialAccount(String name, Role role, String email, String password) {}
}
