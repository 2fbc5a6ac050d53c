package express.polaris.portal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.accounts.AccountId;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.DriverVersions;
import express.polaris.sessions.SessionService;
import java.util.List;
import org.springframework.stereotype.Component;

/** Caches a driver's live sessions, which every page shows. */
@Component
public class ActiveSessions {

    private static final int KEPT = 2_000;

    private final DriverVersions versions;
    private final SessionService sessions;
    private final Cache<State, List<ChargingSession>> kept =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    ActiveSessions(DriverVersions versions, SessionService sessions) {
        this.versions = versions;
        this.sessions = sessions;
    }

    /** Driver with the version of their data. */
    public record State(AccountId driver, long version) {}

    /**
     * Live sessions.
     *
     * @param sessions latest first
     */
    public record Now(State state, List<ChargingSession> sessions) {

        AccountId driver() {
            return state.driver();
        }

        public long version() {
            return state.version();
        }
    }

    /** Reads the version before the sessions, so that a later change leads to another version. */
    public Now of(AccountId driver) {
        return at(driver, versions.of(driver));
    }

    /** As {@link #of}, with a version that was read before. */
    public Now at(AccountId driver, long version) {
        var state = new State(driver, version);
        return new Now(state, kept.get(state, asked -> sessions.live(asked.driver())));
    }
}
