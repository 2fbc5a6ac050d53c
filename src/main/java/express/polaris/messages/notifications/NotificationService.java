package express.polaris.messages.notifications;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Notifications in the portal. The number of unread ones is cached for at most two seconds. */
@Service
public class NotificationService {

    private static final int KEPT = 10_000;
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Cache<AccountId, Integer> unread =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(FRESH).build();

    NotificationService(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Latest notifications, newest first. */
    public List<Notification> latest(AccountId account, int limit) {
        return jdbc.sql("""
            select id, account_id, kind, steve_transaction_id, invoice_number, statement_number, created_at, read_at
              from notifications
             where account_id = :account and in_portal
             order by id desc limit :limit
            """)
                .param("account", account.value())
                .param("limit", limit)
                .query(NotificationService::notification)
                .list();
    }

    public int unread(AccountId account) {
        return unread.get(account, this::count);
    }

    /** Call after a new notification is committed. */
    void cameFor(AccountId account) {
        unread.invalidate(account);
    }

    /** Marks all notifications up to and including this id as read; later ones stay unread. */
    public void markRead(AccountId account, long upTo) {
        jdbc.sql("""
            update notifications set read_at = :now
             where account_id = :account and in_portal and read_at is null and id <= :upTo
            """)
                .param("now", SqlTime.utc(clock.instant()))
                .param("account", account.value())
                .param("upTo", upTo)
                .update();
        unread.invalidate(account);
    }

    /**
     * Removes an account's notifications from the portal, and its settings. The rows stay, so that nothing is sent
     * twice.
     */
    @Transactional
    public void forget(AccountId account) {
        jdbc.sql("update notifications set in_portal = false where account_id = :account")
                .param("account", account.value())
                .update();
        jdbc.sql("delete from notification_choices where account_id = :account")
                .param("account", account.value())
                .update();
        unread.invalidate(account);
    }

    private int count(AccountId account) {
        return jdbc.sql("""
            select count(*) from notifications where account_id = :account and in_portal and read_at is null
            """)
                .param("account", account.value())
                .query(Integer.class)
                .single();
    }

    static Notification notification(ResultSet row, int number) throws SQLException {
        return new Notification(
                row.getLong("id"),
                new AccountId(row.getLong("account_id")),
                NotificationKind.of(row.getString("kind")),
                Optional.ofNullable(row.getObject("steve_transaction_id", Long.class)),
                Optional.ofNullable(row.getString("invoice_number")),
                Optional.ofNullable(row.getString("statement_number")),
                SqlTime.required(row, "created_at"),
                SqlTime.instant(row, "read_at"));
    }
}
