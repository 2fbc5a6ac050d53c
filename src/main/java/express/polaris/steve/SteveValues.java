package express.polaris.steve;

import express.polaris.metering.SampledValue;
import java.util.Optional;

/**
 * Takes the meter values of a transaction one by one while SteVe's answer is read, in SteVe's order: by their timestamps
 * alone, duplicates included. What was taken is of no use if the read fails.
 */
public interface SteveValues {

    /** Takes nothing: for callers that ask about the transaction alone. */
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

    /** Whether values of this kind are wanted; the others are dropped unread. */
    boolean wants(Optional<String> measurand, Optional<String> format);

    /** A value that is not wanted. */
    void dropped(Optional<String> measurand);

    void value(SampledValue value);

    void unreadable(UnreadableRow row);
}
