package express.polaris.mail;

import java.util.List;
import java.util.Optional;

/**
 * What a mail says, in its reader's language.
 *
 * @param subject one line; also the heading
 * @param lead what has happened, in a sentence or two
 * @param action where to go from here
 * @param small what is worth saying at the end
 */
public record MailText(String subject, String lead, List<Fact> facts, Optional<Action> action, String small) {

    /** A header is one line, whatever somebody called their charger. */
    public MailText {
        subject = subject.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** A row of a small table. */
    public record Fact(String label, String value) {}

    /** @param href the whole address, from {@link PublicLinks} */
    public record Action(String label, String href) {

        @Override
        public String toString() {
            return "Action[" + label + "]";
        }
    }

    /** The same without any markup. */
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
