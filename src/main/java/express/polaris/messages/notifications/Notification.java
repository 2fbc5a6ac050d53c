package express.polaris.messages.notifications;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Notification of an account.
 *
 * @param session id of the session; empty for an invoice
 * @param invoice number of the invoice; empty for a session
 * @param readAt empty while it is unread
 */
public record Notification(
        long id,
        AccountId account,
        NotificationKind kind,
        Optional<Long> session,
        Optional<String> invoice,
        Instant createdAt,
        Optional<Instant> readAt) {

    public boolean isUnread() {
        return readAt.isEmpty();
    }
}
