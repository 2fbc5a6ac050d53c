package express.polaris.steve;

import express.polaris.steve.SteveUnavailable.Reason;
import java.time.Duration;
import java.util.Optional;

/** Observer of the calls to SteVe. */
interface SteveObserver {

    /** Ignores all calls. */
    SteveObserver NONE = new SteveObserver() {
        @Override
        public void called(SteveCall call, Duration took, Optional<Reason> failure) {}

        @Override
        public void notUnderstood(SteveCall call, Reason reason) {}

        @Override
        public void notSent(SteveCall call) {}
    };

    /**
     * @param failure empty if there was an answer, whatever its content
     */
    void called(SteveCall call, Duration took, Optional<Reason> failure);

    /** The answer arrived but is unusable. */
    void notUnderstood(SteveCall call, Reason reason);

    /** The circuit breaker held the call back. */
    void notSent(SteveCall call);
}
