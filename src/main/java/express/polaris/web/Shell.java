package express.polaris.web;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Common frame of all pages.
 *
 * @param viewer absent if nobody is signed in
 * @param csrf absent on pages that must not have a form
 */
public record Shell(
        Texts texts,
        Format format,
        Optional<Viewer> viewer,
        Navigation navigation,
        Optional<Csrf> csrf,
        Banners banners) {

    /** Copy with another page to return to. */
    public Shell backTo(String back) {
        var moved = new Banners(banners.demo(), banners.viewedDriver(), banners.notice(), banners.charging(), back);
        return new Shell(texts, format, viewer, navigation, csrf, moved);
    }

    /**
     * Signed-in viewer.
     *
     * @param operator whether the viewer may open the console
     * @param unread number of unread notifications
     */
    public record Viewer(String name, String email, boolean operator, int unread) {

        public Viewer(String name, String email, boolean operator) {
            this(name, email, operator, 0);
        }

        /** Number on the bell, at most {@code 9+}. */
        public String unreadShort() {
            return unread > 9 ? "9+" : Integer.toString(unread);
        }

        /** One or two initials of the person, for an avatar. */
        public String initials() {
            var words = name.isBlank() ? new String[] {email} : name.strip().split("\\s+");
            var initials = firstLetter(words[0]) + (words.length > 1 ? firstLetter(words[words.length - 1]) : "");
            return initials.toUpperCase(Locale.ROOT);
        }

        private static String firstLetter(String word) {
            return word.isEmpty() ? "" : word.substring(0, word.offsetByCodePoints(0, 1));
        }
    }

    /** CSRF token that a form has to send. */
    public record Csrf(String parameterName, String headerName, String token) {}

    /**
     * Messages above the content of every page.
     *
     * @param demo whether this is the demo with a simulated SteVe
     * @param viewedDriver driver whose portal an operator views, read-only
     * @param notice outcome of the viewer's last action
     * @param charging the viewer's live sessions, latest first
     * @param back URL of this page, to return to after a command; empty if it cannot be returned to
     */
    public record Banners(
            boolean demo,
            Optional<String> viewedDriver,
            Optional<Notice> notice,
            List<Charging> charging,
            String back) {

        public Banners {
            charging = List.copyOf(charging);
        }

        /** Banners of a viewer without live sessions. */
        public Banners(boolean demo, Optional<String> viewedDriver, Optional<Notice> notice) {
            this(demo, viewedDriver, notice, List.of(), "");
        }

        public static Banners none() {
            return new Banners(false, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Live session.
     *
     * @param power latest power; absent before the first reading
     * @param stoppable whether the viewer may stop it
     */
    public record Charging(
            long session, String href, String charger, Optional<Power> power, Energy energy, boolean stoppable) {}

    /** Message in the viewer's language. */
    public record Notice(Tone tone, String text) {}

    /** Tone of a notice; the icon conveys it without colour. */
    public enum Tone {
        SUCCESS("check"),
        INFO("info"),
        WARNING("alert"),
        DANGER("alert");

        private final String icon;

        Tone(String icon) {
            this.icon = icon;
        }

        public String icon() {
            return icon;
        }

        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
