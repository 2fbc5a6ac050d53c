package express.polaris.steve;

import java.time.Duration;
import java.util.Optional;

/** Observer of the calls to SteVe. */
interface SteveObserver {

    /** Ignores all calls. */
    SteveObserver NONE = new SteveObserver() {
        @Override
        public void called(SteveCall call, Duration took, Optional<SteveUnavailable> failure) {}

        @Override
        public void notUnderstood(SteveCall call, SteveUnavailable failure) {}

        @Override
        public void notSent(SteveCall call) {}
    };

    /**
     * @param failure empty if there was an answer, whatever its content
     */
    void called(SteveCall call, Duration took, Optional<SteveUnavailable> failure);

    /** The answer arrived but is unusable; follows the call to {@link #called}. */
    void notUnderstood(SteveCall call, SteveUnavailable failure);

    /** The circuit breaker held the call back. */
    void notSent(SteveCall call);
}
