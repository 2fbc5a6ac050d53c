package express.polaris.accounts;

import express.polaris.accounts.PasskeyCeremonies.Asked;
import express.polaris.accounts.PasskeyChallenges.Purpose;
import express.polaris.accounts.PasskeyOptions.Algorithm;
import express.polaris.accounts.PasskeyRepository.Stored;
import express.polaris.accounts.SignInThrottle.Key;
import express.polaris.problems.Faults;
import express.polaris.problems.InvalidInput;
import express.polaris.problems.TooMany;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds passkeys and signs in with them. The network address has the same tries as with a password; the account's own do
 * not count here, as nobody guesses a signature. A passkey that is unknown, wrong, or of a disabled account fails alike.
 */
@Service
public class PasskeySignIn {

    private static final Logger log = LoggerFactory.getLogger(PasskeySignIn.class);
    private static final String REQUIRED = "required";
    private static final String KEY = "public-key";
    private static final String NAME = "Polaris Express";

    private final PasskeyRepository repository;
    private final PasskeyChallenges challenges;
    private final PasskeyCeremonies ceremonies;
    private final SignInThrottle throttle;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PasskeySignIn(
            PasskeyRepository repository,
            PasskeyChallenges challenges,
            PasskeyCeremonies ceremonies,
            SignInThrottle throttle,
            AuditLog audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.repository = repository;
        this.challenges = challenges;
        this.ceremonies = ceremonies;
        this.throttle = throttle;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A browser that talks to an authenticator.
     *
     * @param mark what it is known by until it answers; a challenge is worth nothing in another one
     */
    public record Asking(PasskeySite site, String mark) {

        @Override
        public String toString() {
            return "Asking[" + site + "]";
        }
    }

    /** Before a passkey is made: only who has just proven who they are may ask. */
    public PasskeyOptions.ToAdd toAdd(Account account, Asking asking) {
        return new PasskeyOptions.ToAdd(
                text(challenges.issue(Purpose.addTo(account.id()), asking.mark())),
                new PasskeyOptions.Site(asking.site().host(), NAME),
                new PasskeyOptions.Owner(text(repository.handle(account.id())), account.email(), account.name()),
                PasskeyCeremonies.ALGORITHMS.stream()
                        .map(algorithm -> new Algorithm(KEY, algorithm))
                        .toList(),
                known(account.id()),
                new PasskeyOptions.Selection(REQUIRED, true, REQUIRED),
                "none",
                PasskeyChallenges.LIFE.toMillis());
    }

    private List<PasskeyOptions.Credential> known(AccountId account) {
        return repository.credentialIds(account).stream()
                .map(id -> new PasskeyOptions.Credential(KEY, text(id)))
                .toList();
    }

    /**
     * Keeps a passkey that was made.
     *
     * @throws InvalidInput for an unfit {@code name}, or a {@code passkey} that cannot be taken
     */
    public void add(Access access, Asking asking, String name, PasskeyAnswer.Added answer) {
        var faults = new Faults();
        var fit = AccountRules.name("name", name, faults);
        faults.throwIfAny();
        var purpose = Purpose.addTo(access.account().id());
        // outside of the transaction: the challenge is used up whatever becomes of the rest
        var id = ceremonies
                .added(answer, new Asked(asking.site(), purpose, asking.mark()))
                .flatMap(credential -> transaction.execute(status -> keep(access, fit, credential)));
        if (id.isEmpty()) {
            throw InvalidInput.of("passkey", AccountReason.PASSKEY.with());
        }
    }

    private Optional<Long> keep(Access access, String name, PasskeyRepository.Credential credential) {
        var id = repository.insert(access, name, credential, clock.instant());
        id.ifPresent(passkey ->
                audit.record(Optional.of(access.account().id()), "passkey.create", "passkey " + passkey, Map.of()));
        return id;
    }

    /** Before somebody signs in; the same for everybody. */
    public PasskeyOptions.ToSignIn toSignIn(Asking asking) {
        return new PasskeyOptions.ToSignIn(
                text(challenges.issue(Purpose.SIGN_IN, asking.mark())),
                asking.site().host(),
                REQUIRED,
                PasskeyChallenges.LIFE.toMillis());
    }

    /**
     * One try. Empty when anything is wrong; what it was is not told.
     *
     * @param remoteAddress of the peer, after trusted proxies
     * @throws TooMany when the network address has used up its tries
     */
    public Optional<Access> check(PasskeyAnswer.SignedIn answer, Asking asking, String remoteAddress) {
        var address = Key.address(remoteAddress);
        throttle.take(address);
        var access = ceremonies
                .read(answer, new Asked(asking.site(), Purpose.SIGN_IN, asking.mark()))
                .flatMap(assertion -> repository
                        .find(answer.credentialId(), answer.owner())
                        .filter(passkey -> holds(passkey, ceremonies.check(assertion, passkey.credential())))
                        .map(Stored::access));
        if (access.isPresent()) {
            throttle.giveBack(address);
        }
        return access;
    }

    private boolean holds(Stored passkey, PasskeyCeremonies.Outcome outcome) {
        return switch (outcome) {
            case PasskeyCeremonies.Outcome.Proven(var signCount, var backedUp) ->
                repository.noteUse(passkey.id(), signCount, backedUp, clock.instant());
            case PasskeyCeremonies.Outcome.CountedBack() -> {
                var account = passkey.access().account().id();
                log.warn("Passkey {} of account {} counts backwards: it may have been copied", passkey.id(), account);
                audit.record(
                        Optional.empty(),
                        "passkey.refuse",
                        "passkey " + passkey.id(),
                        Map.of("account", account.value(), "why", "it counts backwards and may have been copied"));
                yield false;
            }
            case PasskeyCeremonies.Outcome.Refused() -> false;
        };
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
