package express.polaris.accounts;

import express.polaris.platform.refusals.BadParameter;
import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All accounts, as shown to operators. */
@Repository
public class PersonDirectory {

    private static final String PERSON = """
        select * from (
            select a.id, a.email, a.name, a.role, a.locale, a.time_zone, a.disabled_at, a.distance_unit,
                   a.consumption, a.created_at,
                   a.deleted_at is not null as deleted, a.password_hash is not null as has_password,
                   case when a.disabled_at is not null then 'DISABLED'
                        when a.password_hash is null
                             and not exists (select from known_browsers b where b.account_id = a.id) then 'INVITED'
                        else 'ACTIVE' end as state,
                   i.requested_at as invited_at, i.expires_at as invited_until
              from accounts a
              left join lateral (
                    select l.requested_at, l.expires_at from sign_in_links l
                     where l.account_id = a.id and l.purpose in ('INVITATION', 'RESET') and l.used_at is null
                       and l.access_revision = a.access_revision
                     order by l.id desc limit 1) i on true) a
        """;

    private final JdbcClient jdbc;

    PersonDirectory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Account with its state.
     *
     * @param deleted deleted by its owner; cannot be restored
     * @param invitedAt when the unused link to choose a password was requested
     * @param invitedUntil when that link expires; absent until its mail is written
     */
    public record Person(
            Account account,
            AccountState state,
            boolean deleted,
            boolean hasPassword,
            Instant createdAt,
            Optional<Instant> invitedAt,
            Optional<Instant> invitedUntil) {}

    /**
     * @param search part of a name or e-mail address, case-insensitive; empty for all
     */
    public record Filter(String search, Optional<AccountState> state, Optional<Role> role) {}

    /** @param next cursor of the next page */
    public record Page(List<Person> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    public Optional<Person> find(AccountId id) {
        return jdbc.sql(PERSON + "where a.id = ?")
                .param(id.value())
                .query(PersonDirectory::person)
                .optional();
    }

    /**
     * Lists people by name; pages stay consistent while accounts are added.
     *
     * @param cursor {@link Page#next} of the previous page
     * @throws BadParameter for an invalid cursor
     */
    public Page page(Filter filter, Optional<String> cursor, int limit) {
        var after = cursor.map(AccountService::position).orElse(0L);
        var search = filter.search().strip().replace("\0", "");
        var found = jdbc.sql(PERSON + """
            where (cast(:role as text) is null or a.role = :role)
              and (cast(:state as text) is null or a.state = :state)
              and (:pattern = '%%' or a.name ilike :pattern or a.email ilike :pattern)
              and (:after = 0
                   or (lower(a.name), a.id) > (select lower(b.name), b.id from accounts b where b.id = :after))
            order by lower(a.name), a.id
            limit :limit
            """)
                .param("role", filter.role().map(Role::name).orElse(null))
                .param("state", filter.state().map(AccountState::name).orElse(null))
                .param("pattern", "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("after", after)
                .param("limit", limit + 1)
                .query(PersonDirectory::person)
                .list();
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        var items = found.subList(0, limit);
        return new Page(
                items,
                Optional.of(AccountService.cursor(items.getLast().account().id())));
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        return new Person(
                AccountRepository.account(row, number),
                AccountState.valueOf(row.getString("state")),
                row.getBoolean("deleted"),
                row.getBoolean("has_password"),
                SqlTime.required(row, "created_at"),
                SqlTime.instant(row, "invited_at"),
                SqlTime.instant(row, "invited_until"));
    }
}
