package express.polaris.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Where the demo's mails end up: the last fifty, as long as the process runs. They leave this machine in no way. */
public class DemoInbox implements MailTransport {

    private static final int KEPT = 50;

    private final Clock clock;
    private final Deque<Received> mails = new ArrayDeque<>();
    private long last;

    DemoInbox(Clock clock) {
        this.clock = clock;
    }

    /** A mail of the demo. */
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
        // it takes everything
    }

    /** The newest first. */
    public synchronized List<Received> all() {
        return List.copyOf(mails);
    }

    public synchronized Optional<Received> find(long id) {
        return mails.stream().filter(mail -> mail.id() == id).findFirst();
    }
}
