package express.polaris.accounts;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Passkeys of an account. They survive a password change; deleting the account removes them. Removing a passkey
 * does not end sign-ins that used it.
 */
@Service
public class PasskeyService {

    private final PasskeyRepository repository;
    private final AuditLog audit;

    PasskeyService(PasskeyRepository repository, AuditLog audit) {
        this.repository = repository;
        this.audit = audit;
    }

    /**
     * Validates a passkey's name.
     *
     * @throws InvalidInput for an invalid {@code name}
     */
    public static void check(String name) {
        var faults = new FaultCollector();
        AccountRules.name("name", name, faults);
        faults.throwIfAny();
    }

    /** Lists an account's passkeys, newest first. */
    public List<Passkey> list(AccountId account) {
        return repository.list(account);
    }

    /**
     * @throws NotFound unless the account has that passkey
     * @throws InvalidInput for an invalid {@code name}
     */
    @Transactional
    public void rename(AccountId account, long id, String name) {
        if (!repository.has(account, id)) {
            throw new NotFound();
        }
        check(name);
        if (!repository.rename(account, id, name.strip())) {
            throw new NotFound();
        }
        audit.record(Optional.of(account), "passkey.rename", "passkey " + id, Map.of());
    }

    /** @throws NotFound unless the account has that passkey */
    @Transactional
    public void remove(AccountId account, long id) {
        if (!repository.remove(account, id)) {
            throw new NotFound();
        }
        audit.record(Optional.of(account), "passkey.remove", "passkey " + id, Map.of());
    }

    /**
     * Removes all passkeys of an account whose owner has lost access to them.
     *
     * @param actor who removes them; absent for the system itself
     * @return number of removed passkeys
     */
    @Transactional
    public int removeAllOf(Optional<AccountId> actor, AccountId account) {
        var removed = repository.removeAll(account);
        removed.forEach(
                id -> audit.record(actor, "passkey.remove", "passkey " + id, Map.of("account", account.value())));
        return removed.size();
    }
}
