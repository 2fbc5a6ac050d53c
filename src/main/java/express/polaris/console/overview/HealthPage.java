package express.polaris.console.overview;

import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Health of everything that the portal depends on.
 *
 * @param version number of this portal
 */
public record HealthPage(
        Shell shell, Instant at, String version, List<Check> checks, BackupView backups, SettingList settings) {

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
     * @param evidence what was seen, in technical English; empty if the message says it all
     */
    public record Check(
            String key,
            String icon,
            State state,
            String message,
            String advice,
            String evidence,
            Optional<Button> button) {

        Check(String key, String icon, State state, String message, String advice) {
            this(key, icon, state, message, advice, "", Optional.empty());
        }

        Check withEvidence(String seen) {
            return new Check(key, icon, state, message, advice, seen, button);
        }

        Check withButton(Button offered) {
            return new Check(key, icon, state, message, advice, evidence, Optional.of(offered));
        }
    }

    /** Form with nothing but a button. */
    public record Button(String action, String label) {}

    /** State of a check. */
    public enum State {
        GOOD("check", "good"),
        /** Works, but needs a look. */
        WARNING("alert", "warn"),
        BAD("alert", "bad"),
        /** Not used in this installation. */
        OFF("pause", "off"),
        /** Nothing is there yet that could be good or bad. */
        UNCHECKED("clock", "off");

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
            return "health.state." + (this == UNCHECKED ? "unchecked" : css);
        }
    }

    public long bad() {
        return count(State.BAD);
    }

    /** Whether some checks had nothing to look at. */
    public boolean isIncomplete() {
        return count(State.UNCHECKED) > 0;
    }

    public long warnings() {
        return count(State.WARNING);
    }

    private long count(State state) {
        return Stream.concat(checks.stream().map(Check::state), Stream.of(backups.state()))
                .filter(state::equals)
                .count();
    }
}
