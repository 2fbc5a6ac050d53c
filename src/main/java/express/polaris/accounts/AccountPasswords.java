package express.polaris.accounts;

import express.polaris.accounts.SignInLinks.Purpose;
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
    private final SignInLinks links;
    private final TransactionTemplate transaction;

    AccountPasswords(
            AccountRepository repository,
            Passwords passwords,
            SignInThrottle throttle,
            AccessEnd accessEnd,
            AuditLog audit,
            SignInLinks links,
            TransactionTemplate transaction) {
        this.repository = repository;
        this.passwords = passwords;
        this.throttle = throttle;
        this.accessEnd = accessEnd;
        this.audit = audit;
        this.links = links;
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
        var faults = new Faults();
        check(stored, currentPassword, faults);
        AccountRules.password("password", password, faults);
        faults.throwIfAny();
        var hash = passwords.hash(password);
        transaction.executeWithoutResult(status -> {
            var account = repository.lock(id).orElseThrow(NotFound::new);
            if (repository.access(account.id(), stored.access().revision()).isEmpty()) {
                throw new Conflict(AccountReason.PASSWORD_CHANGED.with());
            }
            store(Optional.of(id), id, hash);
        });
    }

    /**
     * Sets the password of whoever has a link for it, and uses the link up.
     *
     * @param purpose what the link is for; not {@link Purpose#SIGN_IN}
     * @return what they may sign in with now; empty when the link does not work, or no longer
     * @throws InvalidInput for an unfit {@code password}; the link still works then
     */
    public Optional<Access> setByLink(String secret, Purpose purpose, String password) {
        var faults = new Faults();
        AccountRules.password("password", password, faults);
        faults.throwIfAny();
        if (links.look(secret, purpose).isEmpty()) {
            return Optional.empty();
        }
        var hash = passwords.hash(password);
        return transaction.execute(status -> links.use(secret, purpose)
                .map(access -> access.account().id())
                .flatMap(id -> {
                    store(Optional.of(id), id, hash);
                    return repository.find(id).map(AccountRepository.Stored::access);
                }));
    }

    /**
     * Takes the password from an account, and ends all its sign-ins, tokens and streams: for one that somebody else may
     * have got into.
     *
     * @throws NotFound
     */
    public void clear(AccountId operator, AccountId id) {
        transaction.executeWithoutResult(status -> {
            var account = repository.lock(id).orElseThrow(NotFound::new);
            repository.clearPassword(account.id());
            accessEnd.of(id);
            audit.record(Optional.of(operator), "account.reset", "account " + id, Map.of());
        });
    }

    /**
     * Somebody who is signed in proves once more who they are.
     *
     * @throws InvalidInput for a wrong {@code currentPassword}
     * @throws TooMany after five wrong ones in a minute
     */
    public void prove(AccountId id, String currentPassword) {
        var faults = new Faults();
        check(repository.find(id).orElseThrow(NotFound::new), currentPassword, faults);
        faults.throwIfAny();
    }

    private void check(AccountRepository.Stored stored, String currentPassword, Faults faults) {
        var tries = SignInThrottle.Key.passwordOf(stored.access().account().id());
        throttle.take(tries);
        boolean right = passwords.matches(currentPassword, stored.passwordHash());
        faults.require(right, "currentPassword", AccountReason.CURRENT_PASSWORD.with());
        if (right) {
            throttle.forget(tries);
        }
    }

    private void store(Optional<AccountId> actor, AccountId id, String hash) {
        repository.setPassword(id, hash);
        accessEnd.of(id);
        audit.record(actor, "account.password", "account " + id, Map.of());
    }
}
