package express.polaris.accounts.access;

import express.polaris.accounts.SignInEnded;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.access.CachedSessionRepository.Throttled;
import express.polaris.platform.refusals.NotFound;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Service;

/** Browsers in which an account is signed in, on any node. Signing one out also ends its streams. */
@Service
public class DeviceService {

    /** Session attribute: the User-Agent at sign-in. */
    static final String USER_AGENT = "userAgent";

    static final int LONGEST_USER_AGENT = 400;

    private static final int ID_BYTES = 12;

    private final CachedSessionRepository sessions;
    private final ApplicationEventPublisher events;

    DeviceService(CachedSessionRepository sessions, ApplicationEventPublisher events) {
        this.sessions = sessions;
        this.events = events;
    }

    /** Lists the current browser first, then the others by last use. */
    public List<Device> of(SignedIn who) {
        return all(who).stream()
                .map(session -> new Device(
                        idOf(session),
                        DeviceName.of(session.getAttribute(USER_AGENT) instanceof String agent ? agent : ""),
                        session.getCreationTime(),
                        session.getLastAccessedTime(),
                        isCurrent(session, who)))
                .sorted(Comparator.comparing(Device::current)
                        .thenComparing(Device::lastUsedAt)
                        .reversed())
                .toList();
    }

    /**
     * @throws NotFound unless the browser is signed in to the account
     */
    public void signOut(SignedIn who, String id) {
        end(
                who,
                all(who).stream()
                        .filter(session -> idOf(session).equals(id))
                        .findFirst()
                        .orElseThrow(NotFound::new));
    }

    /** Signs out all browsers except the current one. */
    public void signOutOthers(SignedIn who) {
        all(who).stream().filter(session -> !isCurrent(session, who)).forEach(session -> end(who, session));
    }

    private void end(SignedIn who, Throttled session) {
        sessions.deleteById(session.getId());
        events.publishEvent(new SignInEnded(who.account().id(), signIn(session)));
    }

    private List<Throttled> all(SignedIn who) {
        return sessions
                .findByIndexNameAndIndexValue(
                        FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                        who.account().id().toString())
                .values()
                .stream()
                .filter(session -> !session.isExpired())
                .toList();
    }

    private static boolean isCurrent(Throttled session, SignedIn who) {
        return signIn(session).equals(who.signIn());
    }

    private static String signIn(Throttled session) {
        return SignedIn.signInOf(session.getId());
    }

    private static String idOf(Throttled session) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(("device " + session.getId()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
