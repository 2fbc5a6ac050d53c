package express.polaris.steve;

import express.polaris.metering.SampledValue;
import java.util.Optional;

/**
 * Receives the meter values of a transaction one by one while the answer is read, in SteVe's order: by timestamp only,
 * duplicates included. Values received are void if the read fails.
 */
public interface SteveValues {

    /** Accepts no values; for callers that need only the transaction. */
    SteveValues NONE = new SteveValues() {
        @Override
        public boolean wants(Optional<String> measurand, Optional<String> format) {
            return false;
        }

        @Override
        public void dropped(Optional<String> measurand) {}

        @Override
        public void value(SampledValue value) {}

        @Override
        public void unreadable(UnreadableRow row) {}
    };

    /** Whether to pass on values of this kind; others are dropped without being converted. */
    boolean wants(Optional<String> measurand, Optional<String> format);

    /** Counts a value that is not wanted. */
    void dropped(Optional<String> measurand);

    void value(SampledValue value);

    void unreadable(UnreadableRow row);
}
