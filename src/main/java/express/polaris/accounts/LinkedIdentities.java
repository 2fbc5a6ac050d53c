package express.polaris.accounts;

import express.polaris.platform.refusals.NotFound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Identities at an issuer of single sign-on that accounts are linked to. */
@Service
public class LinkedIdentities {

    private final LinkedIdentityRepository repository;
    private final AccountRepository accounts;
    private final GroupRoles roles;
    private final AuditLog audit;

    LinkedIdentities(
            LinkedIdentityRepository repository, AccountRepository accounts, GroupRoles roles, AuditLog audit) {
        this.repository = repository;
        this.accounts = accounts;
        this.roles = roles;
        this.audit = audit;
    }

    /** Lists the account's identities, the last confirmed one first; there are several after a change of issuer. */
    public List<LinkedIdentity> of(AccountId account) {
        return repository.of(account);
    }

    /** Returns whether a group of the issuer makes the account an operator. */
    public boolean givesRole(AccountId account) {
        return accounts.operatorUntil(account).isPresent();
    }

    /**
     * Unlinks the account from the issuer, ends its sign-ins that came from there, and takes a role away that a group gave.
     * The next sign-in there links the account again if the verified e-mail is still the account's.
     *
     * @throws NotFound unless the account is linked
     */
    @Transactional
    public void unlink(Optional<AccountId> actor, AccountId account) {
        var before = accounts.lock(account).orElseThrow(NotFound::new);
        var linked = repository.of(account);
        if (linked.isEmpty()) {
            throw new NotFound();
        }
        for (var identity : linked) {
            repository.endSignIns(identity.id());
            repository.delete(identity.id());
        }
        audit.record(actor, "identity.unlink", "account " + account, Map.of());
        roles.take(before, actor);
    }
}
