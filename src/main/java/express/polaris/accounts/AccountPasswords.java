package express.polaris.accounts;

import express.polaris.accounts.SignInLinks.Purpose;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.TooMany;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Password changes. Each one ends all sign-ins, tokens and streams of the account. Passwords are hashed before the
 * transaction begins, so no database connection is held meanwhile.
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
     * Sets a password without asking for the previous one.
     *
     * @param actor who makes the change; absent for the system itself
     * @throws NotFound
     * @throws InvalidInput for an invalid {@code password}
     */
    public void set(Optional<AccountId> actor, AccountId id, String password) {
        set(actor, List.of(id), password);
    }

    /** Sets the same password for several accounts; it is hashed only once. */
    public void set(Optional<AccountId> actor, List<AccountId> ids, String password) {
        var faults = new FaultCollector();
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
     * Changes the account's own password. This also ends the current sign-in, so the caller must begin a new
     * one.
     *
     * @throws InvalidInput for a wrong {@code currentPassword} or an invalid {@code password}
     * @throws TooMany after five wrong passwords within a minute
     * @throws Conflict when the account's access changed concurrently
     */
    public void changeOwn(AccountId id, String currentPassword, String password) {
        var stored = repository.find(id).orElseThrow(NotFound::new);
        var faults = new FaultCollector();
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
     * Sets the password of the account a link belongs to and uses the link up.
     *
     * @param purpose purpose of the link; not {@link Purpose#SIGN_IN}
     * @return access to sign in with; empty when the link is unknown, used or expired
     * @throws InvalidInput for an invalid {@code password}; the link stays usable
     */
    public Optional<SignInRight> setByLink(String secret, Purpose purpose, String password) {
        var faults = new FaultCollector();
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
     * Removes the password of an account that may be compromised and ends all its sign-ins, tokens and streams.
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
     * Verifies the current password of a signed-in account again.
     *
     * @throws InvalidInput for a wrong {@code currentPassword}
     * @throws TooMany after five wrong passwords within a minute
     */
    public void prove(AccountId id, String currentPassword) {
        var faults = new FaultCollector();
        check(repository.find(id).orElseThrow(NotFound::new), currentPassword, faults);
        faults.throwIfAny();
    }

    private void check(AccountRepository.Stored stored, String currentPassword, FaultCollector faults) {
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
