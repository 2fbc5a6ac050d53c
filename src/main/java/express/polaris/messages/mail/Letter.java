package express.polaris.messages.mail;

import java.util.List;
import java.util.Optional;

/**
 * Mail with its address, as its writer wants it sent.
 *
 * @param to address of the recipient
 * @param replyTo where replies go; empty = to the sender of the settings
 * @param language tag of the text's language, such as {@code de}
 */
public record Letter(
        String to,
        Optional<String> replyTo,
        String language,
        String greeting,
        MailText text,
        List<Attachment> attachments) {

    public Letter {
        attachments = List.copyOf(attachments);
    }

    /** File sent with a mail. */
    public record Attachment(String name, String type, byte[] content) {

        @Override
        public String toString() {
            return "Attachment[" + name + "]";
        }
    }

    public Letter with(List<Attachment> files) {
        return new Letter(to, replyTo, language, greeting, text, files);
    }

    @Override
    public String toString() {
        return "Letter";
    }
}
