package express.polaris.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** An SMTP server for the whole test run; each test reads the mail to its own addresses. */
public final class MailServer {

    /** The base URL of links in mails. */
    public static final String PUBLIC_URL = "https://portal.polaris.example";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern LINK = Pattern.compile("(?m)^" + Pattern.quote(PUBLIC_URL) + "(/\\S+)$");

    private static final GreenMail SERVER = start();

    private MailServer() {}

    /**
     * A received mail.
     *
     * @param files attachments by name
     */
    public record Mail(String messageId, String subject, String plain, String html, Map<String, byte[]> files) {

        /** The path of the link in the mail, without the host. */
        public String path() {
            var link = LINK.matcher(plain);
            if (!link.find()) {
                throw new AssertionError("No link in " + plain);
            }
            return link.group(1);
        }
    }

    public static int port() {
        return SERVER.getSmtp().getPort();
    }

    /** The mails to this address so far, oldest first. */
    public static List<Mail> to(String email) {
        var mails = new ArrayList<Mail>();
        for (MimeMessage message : SERVER.getReceivedMessages()) {
            try {
                if (message.getRecipients(Message.RecipientType.TO)[0]
                        .toString()
                        .equalsIgnoreCase(email)) {
                    mails.add(new Mail(
                            message.getMessageID(),
                            message.getSubject(),
                            part(message.getContent(), "text/plain").replace("\r\n", "\n"),
                            part(message.getContent(), "text/html"),
                            files(message.getContent())));
                }
            } catch (MessagingException | IOException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
        return mails;
    }

    /** Waits for {@code count} mails to this address and returns the last of them. */
    public static Mail await(String email, int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> to(email).size() >= count);
        return to(email).get(count - 1);
    }

    private static Map<String, byte[]> files(Object content) throws MessagingException, IOException {
        var files = new LinkedHashMap<String, byte[]>();
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var name = parts.getBodyPart(i).getFileName();
                if (name != null) {
                    files.put(name, parts.getBodyPart(i).getInputStream().readAllBytes());
                }
            }
        }
        return files;
    }

    private static String part(Object content, String type) throws MessagingException, IOException {
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                var found = part.isMimeType(type) ? String.valueOf(part.getContent()) : part(part.getContent(), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private static GreenMail start() {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }
}
