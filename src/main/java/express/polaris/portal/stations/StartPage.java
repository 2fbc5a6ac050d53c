package express.polaris.portal.stations;

import express.polaris.documents.Texts;
import express.polaris.portal.CardView;
import express.polaris.web.Shell;
import java.util.Locale;
import java.util.Optional;

/** Page {@code /starts/{id}}: result of a remote-start request. */
public record StartPage(Shell shell, State state) {

    /**
     * State of the request.
     *
     * @param chargerHref page on which to try again
     * @param connector empty if the charger chooses
     * @param watched whether the state may still change, so that the page polls
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

    /** State of a request before its session exists. */
    public enum Phase {
        SENDING("clock"),
        ACCEPTED("check"),
        /** Accepted more than two minutes ago, but there is no session. */
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

        /** Text key of the heading; {@code .text} is appended for the sentence below. */
        public String key() {
            return "start.phase." + css();
        }

        public boolean isHopeful() {
            return this == SENDING || this == ACCEPTED;
        }
    }
}
