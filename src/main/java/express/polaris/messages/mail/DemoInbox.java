package express.polaris.messages.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Inbox of the demo: keeps the last 50 mails in memory. No mail leaves the machine. */
public class DemoInbox implements MailTransport {

    private static final int KEPT = 50;

    private final Clock clock;
    private final Deque<Received> mails = new ArrayDeque<>();
    private long last;

    DemoInbox(Clock clock) {
        this.clock = clock;
    }

    /** Mail received in the demo. */
    public record Received(long id, Instant at, String to, String subject, String plain, String html) {

        @Override
        public String toString() {
            return "Received[" + id + "]";
        }
    }

    @Override
    public synchronized void send(Envelope mail) {
        last++;
        mails.addFirst(new Received(last, clock.instant(), mail.to(), mail.subject(), mail.plain(), mail.html()));
        if (mails.size() > KEPT) {
            mails.removeLast();
        }
    }

    @Override
    public void check() {
        // accepts every mail
    }

    /** All mails, newest first. */
    public synchronized List<Received> all() {
        return List.copyOf(mails);
    }

    public synchronized Optional<Received> find(long id) {
        return mails.stream().filter(mail -> mail.id() == id).findFirst();
    }
}
