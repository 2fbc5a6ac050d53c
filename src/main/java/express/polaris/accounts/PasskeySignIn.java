package express.polaris.accounts;

import express.polaris.accounts.PasskeyCeremonies.Asked;
import express.polaris.accounts.PasskeyChallenges.Purpose;
import express.polaris.accounts.PasskeyOptions.Algorithm;
import express.polaris.accounts.PasskeyRepository.Stored;
import express.polaris.accounts.SignInThrottle.Key;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.TooMany;
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
 * Registers passkeys and signs in with them. The network address has the same limit of tries as for passwords; the
 * account's limit does not apply, as signatures cannot be guessed. An unknown, invalid or disabled account's
 * passkey gets the same answer.
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
     * Browser that talks to an authenticator.
     *
     * @param mark identifies the browser until it responds; a challenge is only valid in the same browser
     */
    public record Asking(PasskeySite site, String mark) {

        @Override
        public String toString() {
            return "Asking[" + site + "]";
        }
    }

    /** Options to register a passkey; the caller has just re-authenticated the account. */
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
     * Stores a new passkey.
     *
     * @throws InvalidInput for an invalid {@code name}, or a {@code passkey} that cannot be accepted
     */
    public void add(SignInRight access, Asking asking, String name, PasskeyAnswer.Added answer) {
        var faults = new FaultCollector();
        var fit = AccountRules.name("name", name, faults);
        faults.throwIfAny();
        var purpose = Purpose.addTo(access.account().id());
        // outside the transaction: a rollback must not make the challenge usable again
        var id = ceremonies
                .added(answer, new Asked(asking.site(), purpose, asking.mark()))
                .flatMap(credential -> transaction.execute(status -> keep(access, fit, credential)));
        if (id.isEmpty()) {
            throw InvalidInput.of("passkey", AccountReason.PASSKEY.with());
        }
    }

    private Optional<Long> keep(SignInRight access, String name, PasskeyRepository.Credential credential) {
        var id = repository.insert(access, name, credential, clock.instant());
        id.ifPresent(passkey ->
                audit.record(Optional.of(access.account().id()), "passkey.create", "passkey " + passkey, Map.of()));
        return id;
    }

    /** Options to sign in; the same for every account. */
    public PasskeyOptions.ToSignIn toSignIn(Asking asking) {
        return new PasskeyOptions.ToSignIn(
                text(challenges.issue(Purpose.SIGN_IN, asking.mark())),
                asking.site().host(),
                REQUIRED,
                PasskeyChallenges.LIFE.toMillis());
    }

    /**
     * Verifies one try. Returns empty when anything is wrong, without a reason.
     *
     * @param remoteAddress the client's, after trusted proxies
     * @throws TooMany when the network address has used up its tries
     */
    public Optional<SignInRight> check(PasskeyAnswer.SignedIn answer, Asking asking, String remoteAddress) {
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
                log.warn(
                        "Signature counter of passkey {} of account {} went backwards: it may be a copy",
                        passkey.id(),
                        account);
                audit.record(
                        Optional.empty(),
                        "passkey.refuse",
                        "passkey " + passkey.id(),
                        Map.of(
                                "account",
                                account.value(),
                                "why",
                                "its signature counter went backwards; it may have been copied"));
                yield false;
            }
            case PasskeyCeremonies.Outcome.Refused() -> false;
        };
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
