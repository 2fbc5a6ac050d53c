package express.polaris.commands;

import java.util.Optional;

/** What the trial of one thing showed. */
sealed interface Finding {

    String subject();

    /** Sentence about the subject. */
    String words();

    /** What to do. */
    default Optional<String> advice() {
        return Optional.empty();
    }

    default boolean isFault() {
        return false;
    }

    /** First word of its line. */
    String mark();

    record Works(String subject, String words) implements Finding {
        @Override
        public String mark() {
            return "works";
        }
    }

    /** Not used with these settings. */
    record Off(String subject, String words) implements Finding {
        @Override
        public String mark() {
            return "off";
        }
    }

    record Fails(String subject, String words, Optional<String> advice) implements Finding {
        @Override
        public boolean isFault() {
            return true;
        }

        @Override
        public String mark() {
            return "FAILS";
        }
    }
}
