package express.polaris.console.overview;

import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;

/** Health of everything that the portal depends on. */
public record HealthPage(Shell shell, Instant at, List<Check> checks, SettingList settings) {

    public HealthPage {
        checks = List.copyOf(checks);
    }

    /**
     * All settings.
     *
     * @param given those that were given somewhere
     * @param others those with their default, or without a value
     */
    public record SettingList(List<SettingRow> given, List<SettingRow> others) {
        public SettingList {
            given = List.copyOf(given);
            others = List.copyOf(others);
        }
    }

    /**
     * A setting as the portal understands it.
     *
     * @param name of its environment variable
     * @param value masked if it is secret; in words if it has none
     * @param origin where it was given, in words
     */
    public record SettingRow(String name, String value, String origin) {}

    /**
     * Result of one check.
     *
     * @param key text key of its name
     * @param message sentence that describes the state
     * @param advice what to do; empty if nothing has to be done
     */
    public record Check(String key, String icon, State state, String message, String advice) {}

    /** State of a check. */
    public enum State {
        GOOD("check", "good"),
        /** Works, but needs a look. */
        WARNING("alert", "warn"),
        BAD("alert", "bad"),
        /** Not used in this installation. */
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
