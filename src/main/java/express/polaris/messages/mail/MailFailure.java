package express.polaris.messages.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;

/** Why the mail server did not accept a mail. A server's own words are left out, because they may contain an address. */
public enum MailFailure {
    /** The host name does not resolve. */
    UNKNOWN_HOST,
    /** Nothing accepts connections at host and port. */
    CONNECTION_REFUSED,
    /** No connection or no answer within the time limit. */
    TIMEOUT,
    /** No TLS: the certificate is not trusted, the port does not speak TLS, or the server offers no STARTTLS. */
    TLS_FAILED,
    /** The server rejects user or password, or requires them. */
    AUTHENTICATION_FAILED,
    /** The server rejects the sender's address. */
    SENDER_REFUSED,
    /** The server rejects the recipient's address. */
    RECIPIENT_REFUSED,
    OTHER;

    /** Name in keys of texts, e.g. {@code unknown_host}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MailFailure of(Exception failure) {
        var all = causes(failure);
        if (any(all, UnknownHostException.class::isInstance)) {
            return UNKNOWN_HOST;
        }
        if (any(all, SocketTimeoutException.class::isInstance)) {
            return TIMEOUT;
        }
        if (any(all, it -> it instanceof SSLException || says(it, "STARTTLS"))) {
            return TLS_FAILED;
        }
        if (any(all, it -> it instanceof ConnectException || it instanceof NoRouteToHostException)) {
            return CONNECTION_REFUSED;
        }
        if (any(
                all,
                it -> it instanceof AuthenticationFailedException
                        || it instanceof MailAuthenticationException
                        || says(it, "530 "))) {
            return AUTHENTICATION_FAILED;
        }
        if (any(all, SMTPSenderFailedException.class::isInstance)) {
            return SENDER_REFUSED;
        }
        return any(all, SMTPAddressFailedException.class::isInstance) ? RECIPIENT_REFUSED : OTHER;
    }

    private static boolean any(List<Throwable> all, Predicate<Throwable> condition) {
        return all.stream().anyMatch(condition);
    }

    private static boolean says(Throwable failure, String words) {
        return failure instanceof MessagingException
                && failure.getMessage() != null
                && failure.getMessage().contains(words);
    }

    /** The failure and everything that it wraps: mail failures keep their causes in three different ways. */
    private static List<Throwable> causes(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var found = new ArrayList<Throwable>();
        var open = new ArrayDeque<Throwable>(List.of(failure));
        while (!open.isEmpty()) {
            var next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            found.add(next);
            if (next.getCause() != null) {
                open.add(next.getCause());
            }
            if (next instanceof MessagingException chained && chained.getNextException() != null) {
                open.add(chained.getNextException());
            }
            if (next instanceof MailSendException sending) {
                open.addAll(List.of(sending.getMessageExceptions()));
            }
        }
        return found;
    }
}
