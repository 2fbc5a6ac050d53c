package express.polaris.accounts;

import express.polaris.problems.Conflict;
import express.polaris.problems.Faults;
import express.polaris.problems.InvalidInput;
import express.polaris.problems.NotFound;
import express.polaris.problems.TooMany;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes of passwords. Each ends all sign-ins, tokens and streams of the account. Passwords are hashed before the
 * transaction begins, so that no connection waits for it.
 */
@Service
public class AccountPasswords {

    private final AccountRepository repository;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final AccessEnd accessEnd;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    AccountPasswords(
            AccountRepository repository,
            Passwords passwords,
            SignInThrottle throttle,
            AccessEnd accessEnd,
            AuditLog audit,
            TransactionTemplate transaction) {
        this.repository = repository;
        this.passwords = passwords;
        this.throttle = throttle;
        this.accessEnd = accessEnd;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * Sets a password without asking for the one before.
     *
     * @param actor who does it; absent for the system itself
     * @throws NotFound
     * @throws InvalidInput for an unfit {@code password}
     */
    public void set(Optional<AccountId> actor, AccountId id, String password) {
        set(actor, List.of(id), password);
    }

    /** Sets the same password for several accounts, at the price of one hash. */
    public void set(Optional<AccountId> actor, List<AccountId> ids, String password) {
        var faults = new Faults();
        AccountRules.password("password", password, faults);
        faults.throwIfAny();
        var hash = passwords.hash(password);
        transaction.executeWithoutResult(status -> {
            for (var id : ids) {
                var account = repository.lock(id).orElseThrow(NotFound::new);
                store(actor, account.id(), hash);
            }
        });
    }

    /**
     * Changes one's own password; the sign-in it is done with ends too, so begin a new one.
     *
     * @throws InvalidInput for a wrong {@code currentPassword} or an unfit {@code password}
     * @throws TooMany after five wrong ones in a minute
     * @throws Conflict when it was changed by somebody else at the same time
     */
    public void changeOwn(AccountId id, String currentPassword, String password) {
        var stored = repository.find(id).orElseThrow(NotFound::new);
        var tries = SignInThrottle.Key.passwordOf(id);
        throttle.take(tries);
        var faults = new Faults();
        boolean right = passwords.matches(currentPassword, stored.passwordHash());
        faults.require(right, "currentPassword", "This is not your current password.");
        AccountRules.password("password", password, faults);
        if (right) {
            throttle.forget(tries);
        }
        faults.throwIfAny();
        var hash = passwords.hash(password);
        transaction.executeWithoutResult(status -> {
            var account = repository.lock(id).orElseThrow(NotFound::new);
            if (repository.access(account.id(), stored.access().revision()).isEmpty()) {
                throw new Conflict("The password was changed meanwhile.");
            }
            store(Optional.of(id), id, hash);
        });
    }

    private void store(Optional<AccountId> actor, AccountId id, String hash) {
        repository.setPassword(id, hash);
        accessEnd.of(id);
        audit.record(actor, "account.password", "account " + id, Map.of());
    }
}
