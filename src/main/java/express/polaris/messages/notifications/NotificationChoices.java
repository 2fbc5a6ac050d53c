package express.polaris.messages.notifications;

import express.polaris.accounts.AccountId;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Notification settings of the accounts. By default every kind is sent both by mail and in the portal. */
@Service
public class NotificationChoices {

    private final JdbcClient jdbc;

    NotificationChoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Channels of a kind of notification. */
    public record Ways(boolean byMail, boolean inPortal) {}

    private record Row(NotificationKind kind, Ways ways) {}

    /** Channels of every kind, in the order of the kinds. */
    public Map<NotificationKind, Ways> of(AccountId account) {
        var ways = new EnumMap<NotificationKind, Ways>(NotificationKind.class);
        for (var kind : NotificationKind.values()) {
            ways.put(kind, new Ways(true, true));
        }
        jdbc.sql("select kind, by_mail, in_portal from notification_choices where account_id = :account")
                .param("account", account.value())
                .query((row, number) -> new Row(
                        NotificationKind.of(row.getString("kind")),
                        new Ways(row.getBoolean("by_mail"), row.getBoolean("in_portal"))))
                .list()
                .forEach(row -> ways.put(row.kind(), row.ways()));
        return ways;
    }

    @Transactional
    public void choose(AccountId account, Map<NotificationKind, Ways> choices) {
        choices.forEach((kind, ways) -> jdbc.sql("""
            insert into notification_choices (account_id, kind, by_mail, in_portal)
            values (:account, :kind, :mail, :portal)
            on conflict (account_id, kind) do update set by_mail = excluded.by_mail, in_portal = excluded.in_portal
            """)
                .param("account", account.value())
                .param("kind", kind.wireName())
                .param("mail", ways.byMail())
                .param("portal", ways.inPortal())
                .update());
    }
}
