package express.polaris.accounts.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.accounts.AccessChecks;
import express.polaris.accounts.LinkedIdentity;
import express.polaris.accounts.SignInEnded;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.SingleSignOnAccounts;
import express.polaris.accounts.SingleSignOnAccounts.Admission;
import express.polaris.accounts.SingleSignOnFailure;
import express.polaris.accounts.oidc.IssuerClient.Answer;
import express.polaris.accounts.oidc.OidcSignInRepository.Tokens;
import express.polaris.platform.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sign-ins that came from the issuer. Each has to be confirmed by it within an hour; {@link AccessChecks} holds them to that
 * on every node, whatever happens here.
 */
@Service
public class OidcSignIns {

    private static final Logger log = LoggerFactory.getLogger(OidcSignIns.class);

    /**
     * Age from which a request has a sign-in confirmed. Keycloak's refresh tokens live as long as its SSO Session Idle, by
     * default 30 minutes.
     */
    private static final Duration REFRESHED_AFTER = Duration.ofMinutes(20);

    /** Time for one node to ask, and wait before the next try. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /** As long as an answer of the issuer may take. */
    private static final int LOOKS = (int) IssuerHttp.READ.dividedBy(BETWEEN_LOOKS);

    private static final String ID_TOKEN = "id token";
    private static final String REFRESH_TOKEN = "refresh token";
    private static final int LOCKS = 64;
    private static final int KEPT = 5_000;

    private final OidcSignInRepository repository;
    private final IssuerClient issuer;
    private final SingleSignOnAccounts accounts;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Settings settings;
    private final Clock clock;

    /**
     * When sessions next have to be looked up here. Only saves reading their rows at each request: whether they hold is
     * decided by {@link AccessChecks}.
     */
    private final Cache<String, Instant> nextLookAt =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    OidcSignIns(
            OidcSignInRepository repository,
            IssuerClient issuer,
            SingleSignOnAccounts accounts,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Settings settings,
            Clock clock) {
        this.repository = repository;
        this.issuer = issuer;
        this.accounts = accounts;
        this.events = events;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether a sign-in goes on. */
    public enum Confirmation {
        HOLDS,
        /** It is over; the browser may sign in at the issuer again. */
        ENDED,
        /** Only the browser can have it confirmed, by going to the issuer. */
        ASK_AGAIN,
        /** The issuer does not answer, and the hour is over. */
        UNREACHABLE
    }

    void begin(String session, LinkedIdentity identity, Answer answer) {
        repository.insert(session, identity.id(), answer.issuerSession(), clock.instant(), sealed(answer));
    }

    Optional<String> idToken(String session) {
        return repository.find(session).flatMap(signIn -> seal().open(signIn.idToken(), ID_TOKEN));
    }

    /**
     * Has a sign-in confirmed by the issuer if that is due.
     *
     * @param session id of a session that came from the issuer
     */
    public Confirmation confirm(String session) {
        if (isGood(session)) {
            return Confirmation.HOLDS;
        }
        var lock = locks.get(Math.floorMod(session.hashCode(), LOCKS));
        lock.lock();
        try {
            return isGood(session)
                    ? Confirmation.HOLDS
                    : repository.find(session).map(this::confirm).orElse(Confirmation.ENDED);
        } finally {
            lock.unlock();
        }
    }

    private boolean isGood(String session) {
        var until = nextLookAt.getIfPresent(session);
        return until != null && clock.instant().isBefore(until);
    }

    private Confirmation confirm(OidcSignIn signIn) {
        var now = clock.instant();
        var end = signIn.confirmedAt().plus(AccessChecks.LONGEST_UNCONFIRMED);
        var refreshToken = signIn.refreshToken().flatMap(token -> seal().open(token, REFRESH_TOKEN));
        var idToken = seal().open(signIn.idToken(), ID_TOKEN);
        if (refreshToken.isEmpty() || idToken.isEmpty()) {
            return now.isBefore(end) ? good(signIn, end) : Confirmation.ASK_AGAIN;
        }
        var due = signIn.confirmedAt().plus(REFRESHED_AFTER);
        if (now.isBefore(due)) {
            return good(signIn, due);
        }
        boolean holds = now.isBefore(end);
        if (!repository.claim(signIn, now, now.plus(CLAIM))) {
            return holds ? Confirmation.HOLDS : confirmedElsewhere(signIn);
        }
        try {
            return refreshed(signIn, issuer.refresh(signIn, idToken.get(), refreshToken.get()));
        } catch (SingleSignOnRefused refused) {
            log.info("Sign-in of account {} was not confirmed, {}", signIn.account(), refused.getMessage());
            if (refused.why() == SingleSignOnFailure.UNREACHABLE
                    || refused.why() == SingleSignOnFailure.MISCONFIGURED) {
                repository.noteUnanswered(signIn.session());
                return holds ? Confirmation.HOLDS : Confirmation.UNREACHABLE;
            }
            end(List.of(signIn));
            return Confirmation.ENDED;
        }
    }

    /** Waits for the answer that another node is waiting for. */
    private Confirmation confirmedElsewhere(OidcSignIn before) {
        for (int look = 0; look < LOOKS; look++) {
            var found = repository.find(before.session());
            if (found.isEmpty()) {
                return Confirmation.ENDED;
            }
            var signIn = found.get();
            if (signIn.confirmedAt().isAfter(before.confirmedAt())) {
                return good(signIn, signIn.confirmedAt().plus(REFRESHED_AFTER));
            }
            if (!signIn.isRefreshing()) {
                return signIn.refreshToken().isEmpty() ? Confirmation.ASK_AGAIN : Confirmation.UNREACHABLE;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return Confirmation.UNREACHABLE;
    }

    private Confirmation refreshed(OidcSignIn signIn, Optional<Answer> answer) {
        if (answer.isEmpty()) {
            repository.forgetRefreshToken(signIn.session());
            boolean holds = clock.instant().isBefore(signIn.confirmedAt().plus(AccessChecks.LONGEST_UNCONFIRMED));
            return holds ? Confirmation.HOLDS : Confirmation.ASK_AGAIN;
        }
        return switch (accounts.admit(answer.get().person())) {
            case Admission.Admitted(var _, var _, var roleChanged) when roleChanged -> Confirmation.ENDED;
            case Admission.Admitted _ -> {
                var now = clock.instant();
                repository.noteConfirmed(signIn.session(), now, sealed(answer.get()));
                yield good(signIn, now.plus(REFRESHED_AFTER));
            }
            case Admission.Refused _ -> {
                end(List.of(signIn));
                yield Confirmation.ENDED;
            }
        };
    }

    private Confirmation good(OidcSignIn signIn, Instant until) {
        nextLookAt.put(signIn.session(), until);
        return Confirmation.HOLDS;
    }

    /** Ends sign-ins on all nodes, with their streams; all of them or, if that fails, none. */
    void end(List<OidcSignIn> signIns) {
        transaction.executeWithoutResult(status -> {
            accounts.lock(signIns.stream().map(OidcSignIn::account).toList());
            repository.end(signIns);
            for (var signIn : signIns) {
                nextLookAt.invalidate(signIn.session());
                accounts.signedOutAtIssuer(signIn.account());
                events.publishEvent(new SignInEnded(signIn.account(), SignedIn.signInOf(signIn.session())));
                log.info("Account {} was signed out by the issuer", signIn.account());
            }
        });
    }

    private Tokens sealed(Answer answer) {
        return new Tokens(
                seal().close(answer.idToken(), ID_TOKEN),
                answer.refreshToken().map(token -> seal().close(token, REFRESH_TOKEN)));
    }

    private Seal seal() {
        return new Seal(settings.oidc().orElseThrow());
    }
}
