package express.polaris.accounts;

import express.polaris.accounts.SignInThrottle.Key;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.TooMany;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.Settings.Oidc;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which account a person of the issuer has, and with which role. An account is found by issuer and subject, and linked by
 * verified e-mail only at its first sign-in, so an address that changes at the issuer never leads to another account.
 */
@Service
public class SingleSignOnAccounts {

    private final AccountRepository repository;
    private final AccountService accounts;
    private final LinkedIdentityRepository identities;
    private final GroupRoles roles;
    private final SignInThrottle throttle;
    private final AuditLog audit;
    private final Settings settings;
    private final Clock clock;

    SingleSignOnAccounts(
            AccountRepository repository,
            AccountService accounts,
            LinkedIdentityRepository identities,
            GroupRoles roles,
            SignInThrottle throttle,
            AuditLog audit,
            Settings settings,
            Clock clock) {
        this.repository = repository;
        this.accounts = accounts;
        this.identities = identities;
        this.roles = roles;
        this.throttle = throttle;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** What becomes of a person who has proven who they are at the issuer. */
    public sealed interface Admission {

        /**
         * The person may sign in.
         *
         * @param access as of now, after a change of role
         * @param roleChanged whether all earlier access of the account has just ended
         */
        record Admitted(SignInRight access, LinkedIdentity identity, boolean roleChanged) implements Admission {}

        /** The person may not sign in; sign-ins of this identity have ended. */
        record Refused(SingleSignOnFailure why) implements Admission {}
    }

    /**
     * Counts an answer that a browser brings from the issuer.
     *
     * @param remoteAddress the client's, after trusted proxies
     * @throws TooMany when the network address has used up its tries
     */
    public void takeTry(String remoteAddress) {
        throttle.take(Key.issuersAnswerFrom(remoteAddress));
    }

    /** Uncounts an answer that was good, or that nobody could check. */
    public void giveBackTry(String remoteAddress) {
        throttle.giveBack(Key.issuersAnswerFrom(remoteAddress));
    }

    /**
     * Checks that logout tokens from a network address may be looked at. Good ones are not counted: an issuer may send many
     * at once.
     *
     * @param remoteAddress the sender's, after trusted proxies
     * @throws TooMany after too many refused ones
     */
    public void requireLogoutTries(String remoteAddress) {
        throttle.requireOpen(Key.logoutTokensFrom(remoteAddress));
    }

    /**
     * Counts a logout token that was refused.
     *
     * @throws TooMany when the network address has used up its tries meanwhile
     */
    public void countRefusedLogout(String remoteAddress) {
        throttle.take(Key.logoutTokensFrom(remoteAddress));
    }

    /** Admits or refuses a person, at a sign-in or when the issuer confirms one; brings link and role up to date. */
    @Transactional
    public Admission admit(IssuerPerson person) {
        var oidc = settings.oidc().orElseThrow();
        var known = identities.find(person.issuer(), person.subject());
        boolean operator = isInOne(person, oidc.operatorGroups());
        if (!operator && !oidc.allowedGroups().isEmpty() && !isInOne(person, oidc.allowedGroups())) {
            known.ifPresent(this::expel);
            return refused(SingleSignOnFailure.NOT_ALLOWED, known.map(LinkedIdentity::account));
        }
        if (known.isPresent()) {
            identities.noteConfirmed(known.get().id(), clock.instant());
            return admit(known.get(), operator);
        }
        if (person.verifiedEmail().isEmpty()) {
            return refused(SingleSignOnFailure.UNVERIFIED, Optional.empty());
        }
        var account = repository
                .findByEmail(person.verifiedEmail().get())
                .map(stored -> stored.access().account())
                .or(() -> created(person, oidc));
        if (account.isEmpty()) {
            return refused(SingleSignOnFailure.NO_ACCOUNT, Optional.empty());
        }
        var id = account.get().id();
        if (account.get().isDisabled()) {
            return refused(SingleSignOnFailure.DISABLED, Optional.of(id));
        }
        var linked = identities.insert(id, person.issuer(), person.subject(), clock.instant());
        linked.ifPresent(identity -> audit.record(Optional.of(id), "identity.link", "account " + id, Map.of()));
        return linked.or(() -> identities.find(person.issuer(), person.subject()))
                .map(identity -> admit(identity, operator))
                .orElseGet(() -> refused(SingleSignOnFailure.OTHER_IDENTITY, Optional.of(id)));
    }

    /** Locks accounts in the order of their ids until the caller's transaction ends; call before ending their sign-ins. */
    public void lock(Collection<AccountId> ids) {
        ids.stream().distinct().sorted(Comparator.comparing(AccountId::value)).forEach(repository::lock);
    }

    /**
     * Lets a role lapse that a group gave, unless another sign-in from the issuer still holds; call after one of them has
     * ended there.
     */
    public void signedOutAtIssuer(AccountId account) {
        repository.lapseOperator(account, clock.instant());
    }

    private Admission admit(LinkedIdentity identity, boolean operator) {
        var account = repository.lock(identity.account()).orElseThrow();
        if (account.isDisabled()) {
            return refused(SingleSignOnFailure.DISABLED, Optional.of(account.id()));
        }
        boolean changed = operator
                ? roles.give(account, clock.instant().plus(AccessChecks.LONGEST_UNCONFIRMED))
                : roles.take(account, Optional.empty());
        var access = repository.find(account.id()).orElseThrow().access();
        return new Admission.Admitted(access, identity, changed);
    }

    private void expel(LinkedIdentity identity) {
        var account = repository.lock(identity.account()).orElseThrow();
        identities.endSignIns(identity.id());
        roles.take(account, Optional.empty());
    }

    private Optional<Account> created(IssuerPerson person, Oidc oidc) {
        if (!oidc.selfProvisioning()) {
            return Optional.empty();
        }
        var email = person.verifiedEmail().orElseThrow();
        var name = person.name()
                .filter(given -> isValid(faults -> AccountRules.name("name", given, faults)))
                .orElse(email.replaceFirst("@.*", ""));
        var locale = person.locale().filter(given -> isValid(faults -> AccountRules.locale(given, faults)));
        try {
            var driver = new NewDriver(email, name, Optional.empty(), locale, Optional.empty());
            return accounts.createDriverUnlessTaken(Optional.empty(), driver)
                    // by another first sign-in at the same moment
                    .or(() -> repository
                            .findByEmail(email)
                            .map(stored -> stored.access().account()));
        } catch (InvalidInput unusable) {
            return Optional.empty();
        }
    }

    private Admission refused(SingleSignOnFailure why, Optional<AccountId> account) {
        var subject = account.map(id -> "account " + id).orElse("single sign-on");
        audit.record(Optional.empty(), "sign-in.refuse", subject, Map.of("why", why.name()));
        return new Admission.Refused(why);
    }

    private static boolean isInOne(IssuerPerson person, Iterable<String> groups) {
        for (var group : groups) {
            if (person.groups().contains(group)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValid(Consumer<FaultCollector> rule) {
        var faults = new FaultCollector();
        rule.accept(faults);
        return faults.list().isEmpty();
    }
}
