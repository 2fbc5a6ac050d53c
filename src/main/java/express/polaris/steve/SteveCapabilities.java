package express.polaris.steve;

import java.util.List;

/** Capabilities of the SteVe at the configured address, as found by probing it. */
public sealed interface SteveCapabilities {

    /** One sentence for the log and for operators. */
    String inWords();

    /** All required features are present: SteVe 3.13 or later. */
    record Complete() implements SteveCapabilities {
        @Override
        public String inWords() {
            return "SteVe has everything that is needed";
        }
    }

    /**
     * SteVe answers, but lacks features.
     *
     * @param missing each as text, with the version that introduced it
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

    /** No SteVe answers at that address; its capabilities are unknown. */
    record NotReachable(String detail) implements SteveCapabilities {
        @Override
        public String inWords() {
            return "SteVe gave no usable answer: " + detail;
        }
    }

    /** SteVe rejects the API user or its password. */
    record NotAuthorised(String detail) implements SteveCapabilities {
        @Override
        public String inWords() {
            return "SteVe did not accept the API user: " + detail;
        }
    }
}
