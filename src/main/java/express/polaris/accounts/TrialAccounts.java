package express.polaris.accounts;

import java.util.List;

/** Accounts that the sign-in page offers to everybody. Only the demo has them. */
@FunctionalInterface
public interface TrialAccounts {

    List<TrialAccount> list();

    /** An account with its password. */
    record TrialAccount(String name, Role role, String email, String password) {}
}
