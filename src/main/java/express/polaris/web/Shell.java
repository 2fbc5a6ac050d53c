package express.polaris.web;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What surrounds every page.
 *
 * @param viewer absent when nobody is signed in
 * @param csrf absent on pages that must not have a form
 */
public record Shell(
        Texts texts,
        Format format,
        Optional<Viewer> viewer,
        Navigation navigation,
        Optional<Csrf> csrf,
        Banners banners) {

    /** The same with another page to return to. */
    public Shell backTo(String back) {
        var moved = new Banners(banners.demo(), banners.viewedDriver(), banners.notice(), banners.charging(), back);
        return new Shell(texts, format, viewer, navigation, csrf, moved);
    }

    /**
     * Who is looking.
     *
     * @param operator whether the console is theirs to open
     * @param unread how many notifications are new to them
     */
    public record Viewer(String name, String email, boolean operator, int unread) {

        public Viewer(String name, String email, boolean operator) {
            this(name, email, operator, 0);
        }

        /** As the bell shows it. */
        public String unreadShort() {
            return unread > 9 ? "9+" : Integer.toString(unread);
        }

        /** One or two letters that stand for the person in a small circle. */
        public String initials() {
            var words = name.isBlank() ? new String[] {email} : name.strip().split("\\s+");
            var initials = firstLetter(words[0]) + (words.length > 1 ? firstLetter(words[words.length - 1]) : "");
            return initials.toUpperCase(Locale.ROOT);
        }

        private static String firstLetter(String word) {
            return word.isEmpty() ? "" : word.substring(0, word.offsetByCodePoints(0, 1));
        }
    }

    /** What a form sends so that it is ours. */
    public record Csrf(String parameterName, String headerName, String token) {}

    /**
     * What every page says above its content.
     *
     * @param demo whether this is the demonstration with a simulated SteVe
     * @param viewedDriver the driver whose portal an operator looks at, read only
     * @param notice the outcome of what the viewer did last
     * @param charging what the viewer charges now, the latest first
     * @param back the address of this page, to return to after a command; empty where there is none to return to
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

        /** Of somebody who charges nothing. */
        public Banners(boolean demo, Optional<String> viewedDriver, Optional<Notice> notice) {
            this(demo, viewedDriver, notice, List.of(), "");
        }

        public static Banners none() {
            return new Banners(false, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A charge that goes on.
     *
     * @param power the latest, absent before the first reading
     * @param stoppable the viewer may stop it now
     */
    public record Charging(
            long session, String href, String charger, Optional<Power> power, Energy energy, boolean stoppable) {}

    /** One sentence about what happened, already in the viewer's language. */
    public record Notice(Tone tone, String text) {}

    /** How a notice looks; its icon says the same without colour. */
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
