package express.polaris.notifications;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something somebody was told.
 *
 * @param session what it is about; empty for an invoice
 * @param invoice its number; empty for a session
 * @param readAt empty as long as it is new to its reader
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
