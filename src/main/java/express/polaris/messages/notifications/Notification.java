package express.polaris.messages.notifications;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Notification of an account.
 *
 * @param session id of the session, if it is about one
 * @param invoice number of the invoice, if it is about one
 * @param statement number of the employer statement, if it is about one
 * @param readAt empty while it is unread
 */
public record Notification(
        long id,
        AccountId account,
        NotificationKind kind,
        Optional<Long> session,
        Optional<String> invoice,
        Optional<String> statement,
        Instant createdAt,
        Optional<Instant> readAt) {

    public boolean isUnread() {
        return readAt.isEmpty();
    }
}
