package express.polaris.console.overview;

import java.util.Locale;

/**
 * One of the first steps of an installation, as checked now.
 *
 * @param key name in keys of texts and in addresses, e.g. {@code test-mail}
 * @param evidence what the check found, in a sentence
 * @param advice what to do, in sentences; empty if nothing has to be done
 * @param href page on which it is done or looked at
 */
public record FirstStep(String key, State state, String evidence, String advice, String href) {

    /** Result of the check. */
    public enum State {
        DONE("check", "good"),
        TODO("plus", "todo"),
        FAILED("alert", "bad"),
        /** Nothing is known yet, so it is neither done nor failed. */
        UNCHECKED("clock", "off"),
        /** Not used in this installation, and need not be. */
        OPTIONAL("pause", "off");

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
            return "steps.state." + name().toLowerCase(Locale.ROOT);
        }
    }

    static FirstStep done(String key, String evidence, String href) {
        return new FirstStep(key, State.DONE, evidence, "", href);
    }

    public String titleKey() {
        return "steps." + key;
    }

    /** Key of the label of the link to its page. */
    public String actionKey() {
        return titleKey() + ".action";
    }

    /** Whether it is neither done nor optional. */
    public boolean isOpen() {
        return state != State.DONE && state != State.OPTIONAL;
    }

    /** Whether it waits for the operator, as opposed to a check that could not be made yet. */
    boolean isWork() {
        return state == State.TODO || state == State.FAILED;
    }
}
