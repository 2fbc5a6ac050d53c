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

    private record State(AccountId driver, long version) {}

    /**
     * What is charging.
     *
     * @param version of what the driver's pages show
     * @param sessions the latest first
     */
    record Now(AccountId driver, long version, List<ChargingSession> sessions) {}

    /** The version is read first: whatever changes after it makes another one. */
    Now of(AccountId driver) {
        long version = versions.of(driver);
        return new Now(driver, version, kept.get(new State(driver, version), state -> sessions.live(state.driver())));
    }
}
