package express.polaris.steve;

import java.util.List;

/** What the SteVe at the configured address can do, as found out by asking it. */
public sealed interface SteveCapabilities {

    /** One sentence for the log and for operators. */
    String inWords();

    /** Everything that is needed is there: SteVe 3.13 or later. */
    record Complete() implements SteveCapabilities {
        @Override
        public String inWords() {
            return "SteVe has everything that is needed";
        }
    }

    /**
     * SteVe answers, but something is missing.
     *
     * @param missing each in words, with the version that brought it
     */
    record TooOld(List<String> missing) implements SteveCapabilities {
        public TooOld {
            missing = List.copyOf(missing);
        }

        @Override
        public String inWords() {
            return "SteVe 3.13 or later is needed: %s %s missing"
                    .formatted(String.join(", ", missing), missing.size() == 1 ? "is" : "are");
        }
    }

    /** There is no SteVe, or none that answers now. Nothing is known about what it can do. */
    record NotReachable(String detail) implements SteveCapabilities {
        @Override
        public String inWords() {
            return "SteVe gave no usable answer: " + detail;
        }
    }

    /** SteVe does not accept the API user or its password. */
    record NotAuthorised(String detail) implements SteveCapabilities {
        @Override
        public String inWords() {
            return "SteVe did not accept the API user: " + detail;
        }
    }
}
