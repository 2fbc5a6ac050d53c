package express.polaris.accounts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Gives and takes the role of an operator by the groups of single sign-on, in the caller's transaction, which has locked
 * the account. A role that an operator of the portal gave stays as it is. The last operator may lose the role: whoever
 * depends on a group is never counted as the last one.
 */
@Component
class GroupRoles {

    private final AccountRepository repository;
    private final AccessEnd accessEnd;
    private final AuditLog audit;

    GroupRoles(AccountRepository repository, AccessEnd accessEnd, AuditLog audit) {
        this.repository = repository;
        this.accessEnd = accessEnd;
        this.audit = audit;
    }

    /**
     * Makes the account an operator, or an operator for longer.
     *
     * @return whether this was a change of role, which ends all access of the account
     */
    boolean give(Account account, Instant until) {
        if (!account.isOperator()) {
            change(account, Role.OPERATOR, Optional.of(until), Optional.empty());
            return true;
        }
        if (repository.operatorUntil(account.id()).isPresent()) {
            repository.setRole(account.id(), Role.OPERATOR, Optional.of(until));
        }
        return false;
    }

    /**
     * Makes the account a driver if a group made it an operator.
     *
     * @return whether this was a change of role, which ends all access of the account
     */
    boolean take(Account account, Optional<AccountId> actor) {
        if (!account.isOperator() || repository.operatorUntil(account.id()).isEmpty()) {
            return false;
        }
        change(account, Role.DRIVER, Optional.empty(), actor);
        return true;
    }

    private void change(Account account, Role role, Optional<Instant> until, Optional<AccountId> actor) {
        repository.setRole(account.id(), role, until);
        accessEnd.of(account.id());
        var details = new LinkedHashMap<String, Object>();
        details.put("from", account.role());
        details.put("to", role);
        details.put("by", "group");
        audit.record(actor, "account.role", "account " + account.id(), details);
    }
}
