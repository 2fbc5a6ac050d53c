package express.polaris.steve;

import express.polaris.steve.SteveUnavailable.Reason;
import java.time.Duration;
import java.util.Optional;

/** Is told of every call. */
interface SteveObserver {

    /** Nobody. */
    SteveObserver NONE = new SteveObserver() {
        @Override
        public void called(SteveCall call, Duration took, Optional<Reason> failure) {}

        @Override
        public void notUnderstood(SteveCall call, Reason reason) {}

        @Override
        public void notSent(SteveCall call) {}
    };

    /** @param failure empty when there was an answer, whatever it says */
    void called(SteveCall call, Duration took, Optional<Reason> failure);

    /** The answer came, and cannot be used. */
    void notUnderstood(SteveCall call, Reason reason);

    /** The last calls failed, and the next try is not due yet. */
    void notSent(SteveCall call);
}
