package express.polaris.portal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.accounts.AccountId;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.DriverVersions;
import express.polaris.sessions.Sessions;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a driver charges now, as every page says it. */
@Component
class Underway {

    private static final int KEPT = 2_000;

    private final DriverVersions versions;
    private final Sessions sessions;
    private final Cache<State, List<ChargingSession>> kept =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    Underway(DriverVersions versions, Sessions sessions) {
        this.versions = versions;
        this.sessions = sessions;
    }

    /** A driver, and the version of what their pages show. */
    record State(AccountId driver, long version) {}

    /**
     * What is charging.
     *
     * @param sessions the latest first
     */
    record Now(State state, List<ChargingSession> sessions) {

        AccountId driver() {
            return state.driver();
        }

        long version() {
            return state.version();
        }
    }

    /** The version is read first: whatever changes after it makes another one. */
    Now of(AccountId driver) {
        return at(driver, versions.of(driver));
    }

    /** As {@link #of}, for who has read the version. */
    Now at(AccountId driver, long version) {
        var state = new State(driver, version);
        return new Now(state, kept.get(state, asked -> sessions.live(asked.driver())));
    }
}
