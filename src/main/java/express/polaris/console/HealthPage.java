package express.polaris.console;

import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;

/** How everything that the portal stands on does, in words. */
public record HealthPage(Shell shell, Instant at, List<Check> checks) {

    public HealthPage {
        checks = List.copyOf(checks);
    }

    /**
     * One thing the portal stands on.
     *
     * @param key of its name
     * @param message how it is
     * @param advice what to do; empty when nothing is to be done
     */
    public record Check(String key, String icon, State state, String message, String advice) {}

    /** How it does. */
    public enum State {
        GOOD("check", "good"),
        /** It works, and somebody should look. */
        WARNING("alert", "warn"),
        BAD("alert", "bad"),
        /** It is not in use here. */
        OFF("pause", "off");

        private final String icon;
        private final String css;

        State(String icon, String css) {
            this.icon = icon;
            this.css = css;
        }

        public String icon() {
            return icon;
        }

        public String css() {
            return css;
        }

        public String key() {
            return "health.state." + css;
        }
    }

    public long bad() {
        return checks.stream().filter(check -> check.state() == State.BAD).count();
    }

    public long warnings() {
        return checks.stream().filter(check -> check.state() == State.WARNING).count();
    }
}
