package express.polaris.portal;

import express.polaris.documents.Texts;
import express.polaris.web.Shell;
import java.util.Locale;
import java.util.Optional;

/** The page {@code /starts/{id}}: what came of a start. */
public record StartPage(Shell shell, State state) {

    /**
     * How it stands.
     *
     * @param chargerHref where to try again
     * @param connector empty where the charger chooses
     * @param watched whether something may still change, so that the page asks again
     */
    public record State(
            Texts texts,
            String id,
            String charger,
            String chargerHref,
            Optional<Integer> connector,
            Optional<CardView> card,
            Phase phase,
            boolean watched) {}

    /** What can be said of a start before its session is there. */
    public enum Phase {
        SENDING("clock"),
        ACCEPTED("check"),
        /** Accepted a while ago, and no session yet. */
        NO_SESSION("alert"),
        REJECTED("alert"),
        UNREACHABLE("alert"),
        TIMEOUT("alert"),
        CARD_REFUSED("alert"),
        STEVE_DOWN("alert");

        private final String icon;

        Phase(String icon) {
            this.icon = icon;
        }

        public String icon() {
            return icon;
        }

        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Key of its heading; the sentence below has {@code .text} after it. */
        public String key() {
            return "start.phase." + css();
        }

        public boolean isHopeful() {
            return this == SENDING || this == ACCEPTED;
        }
    }
}
