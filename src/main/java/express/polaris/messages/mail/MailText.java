package express.polaris.messages.mail;

import java.util.List;
import java.util.Optional;

/**
 * Content of a mail in its recipient's language.
 *
 * @param subject one line; also the heading
 * @param lead what has happened, in a sentence or two
 * @param action link to the next step
 * @param small closing remark
 */
public record MailText(String subject, String lead, List<Fact> facts, Optional<Action> action, String small) {

    /**
     * Replaces control characters in the subject, because a header is a single line and a charger's name may contain
     * any.
     */
    public MailText {
        subject = subject.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** Row of a small table. */
    public record Fact(String label, String value) {}

    /**
     * @param href absolute URL from {@link PublicLinks}
     */
    public record Action(String label, String href) {

        @Override
        public String toString() {
            return "Action[" + label + "]";
        }
    }

    /** The content as plain text. */
    String plain(String greeting) {
        var text = new StringBuilder(greeting).append("\n\n").append(lead).append("\n");
        if (!facts.isEmpty()) {
            text.append("\n");
            facts.forEach(fact ->
                    text.append(fact.label()).append(": ").append(fact.value()).append("\n"));
        }
        action.ifPresent(go -> text.append("\n")
                .append(go.label())
                .append(":\n")
                .append(go.href())
                .append("\n"));
        return text.append("\n").append(small).append("\n").toString();
    }
}
