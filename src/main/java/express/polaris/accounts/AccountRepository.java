package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import express.polaris.units.Consumption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code accounts}. */
@Repository
class AccountRepository {

    /** Columns that {@link #account} reads from {@code accounts a}. */
    static final String COLUMNS =
            "a.id, a.email, a.name, a.role, a.locale, a.time_zone, a.disabled_at, a.distance_unit, a.consumption";

    private final JdbcClient jdbc;

    AccountRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Account with its password hash. */
    record Stored(SignInRight access, Optional<String> passwordHash) {

        @Override
        public String toString() {
            return "Stored[" + access.account() + "]";
        }
    }

    Optional<Stored> find(AccountId id) {
        return jdbc.sql("select " + COLUMNS + ", a.access_revision, a.password_hash from accounts a where a.id = :id")
                .param("id", id.value())
                .query(AccountRepository::stored)
                .optional();
    }

    Optional<Stored> findByEmail(String email) {
        if (email.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return jdbc.sql("""
            select a.id, a.email, a.name, a.role, a.locale, a.time_zone, a.disabled_at, a.distance_unit,
                   a.consumption, a.access_revision,
                   a.password_hash
              from accounts a
             where lower(a.email) = lower(:email)
            """)
                .param("email", email.strip())
                .query(AccountRepository::stored)
                .optional();
    }

    /** Finds an enabled account whose access revision is still the given one. */
    Optional<SignInRight> access(AccountId id, int revision) {
        return jdbc.sql("""
            select a.id, a.email, a.name, a.role, a.locale, a.time_zone, a.disabled_at, a.distance_unit,
                   a.consumption, a.access_revision
              from accounts a
             where a.id = :id and a.access_revision = :revision and a.disabled_at is null
            """)
                .param("id", id.value())
                .param("revision", revision)
                .query(AccountRepository::access)
                .optional();
    }

    /** Returns empty when an account with this e-mail address exists. */
    Optional<AccountId> insert(
            String email,
            String name,
            Role role,
            Optional<String> passwordHash,
            Locale locale,
            ZoneId zone,
            Instant now) {
        return jdbc.sql("""
            insert into accounts (email, name, role, password_hash, locale, time_zone, created_at)
            values (:email, :name, :role, :hash, :locale, :zone, :now)
            on conflict (lower(email)) do nothing
            returning id
            """)
                .param("email", email)
                .param("name", name)
                .param("role", role.name())
                .param("hash", passwordHash.orElse(null))
                .param("locale", locale.toLanguageTag())
                .param("zone", zone.getId())
                .param("now", SqlTime.utc(now))
                .query(Long.class)
                .optional()
                .map(AccountId::new);
    }

    /** Whether an operator exists whose role a group of the issuer cannot take away. */
    boolean hasOperator() {
        return jdbc.sql("select exists (select from accounts where role = 'OPERATOR' and operator_until is null)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Whether an enabled operator other than this account exists whose role a group of the issuer cannot take away;
     * stays true until the commit after {@link #lockToLeave}.
     */
    boolean hasEnabledOperatorBeside(AccountId id) {
        return jdbc.sql("""
            select exists (select from accounts
                            where role = 'OPERATOR' and operator_until is null and disabled_at is null and id <> :id)
            """).param("id", id.value()).query(Boolean.class).single();
    }

    /** Locks the account's row until the transaction ends. */
    Optional<Account> lock(AccountId id) {
        return jdbc.sql("select " + COLUMNS + " from accounts a where a.id = :id for no key update")
                .param("id", id.value())
                .query(AccountRepository::account)
                .optional();
    }

    /**
     * Locks the account and all operators in the order of their ids, so that operators who leave do so one after the
     * other.
     */
    Optional<Account> lockToLeave(AccountId id) {
        return jdbc
                .sql("select " + COLUMNS + """
                     from accounts a where a.id = :id or a.role = 'OPERATOR' order by a.id for no key update
                    """)
                .param("id", id.value())
                .query(AccountRepository::account)
                .list()
                .stream()
                .filter(account -> account.id().equals(id))
                .findFirst();
    }

    void update(Account account) {
        jdbc.sql("""
            update accounts
               set name = :name, role = :role, locale = :locale, time_zone = :zone, disabled_at = :disabled
             where id = :id
            """)
                .param("id", account.id().value())
                .param("name", account.name())
                .param("role", account.role().name())
                .param("locale", account.locale().toLanguageTag())
                .param("zone", account.timeZone().getId())
                .param("disabled", SqlTime.utc(account.disabledAt()))
                .update();
    }

    /** Until when a group of the issuer gives the role of an operator; empty for a role that was given here. */
    Optional<Instant> operatorUntil(AccountId id) {
        return jdbc.sql("select operator_until from accounts where id = :id")
                .param("id", id.value())
                .query((row, number) -> SqlTime.instant(row, "operator_until"))
                .optional()
                .flatMap(until -> until);
    }

    /**
     * @param operatorUntil as in {@link #operatorUntil}
     */
    void setRole(AccountId id, Role role, Optional<Instant> operatorUntil) {
        jdbc.sql("update accounts set role = :role, operator_until = :until where id = :id")
                .param("id", id.value())
                .param("role", role.name())
                .param("until", SqlTime.utc(operatorUntil))
                .update();
    }

    /** Lets a role lapse now that a group gave, if no sign-in by single sign-on is left. */
    void lapseOperator(AccountId id, Instant now) {
        jdbc.sql("""
            update accounts set operator_until = :now
             where id = :id and operator_until > :now
               and not exists (select from oidc_sign_ins o join linked_identities i on i.id = o.identity_id
                                where i.account_id = :id)
            """).param("id", id.value()).param("now", SqlTime.utc(now)).update();
    }

    /** Without a consumption, energy is not shown as distance. */
    void setConsumption(AccountId id, Optional<Consumption> consumption) {
        jdbc.sql("update accounts set distance_unit = :unit, consumption = :value where id = :id")
                .param("unit", consumption.map(given -> given.unit().name()).orElse(null))
                .param("value", consumption.map(Consumption::value).orElse(null))
                .param("id", id.value())
                .update();
    }

    void setPassword(AccountId id, String hash) {
        jdbc.sql("update accounts set password_hash = :hash where id = :id")
                .param("id", id.value())
                .param("hash", hash)
                .update();
    }

    /** Disables and anonymises the account; its e-mail address becomes undeliverable. */
    void anonymise(AccountId id, Instant now) {
        jdbc.sql("""
            update accounts
               set email = 'deleted-' || id || '@deleted.invalid', name = '–', password_hash = null,
                   distance_unit = null, consumption = null,
                   disabled_at = coalesce(disabled_at, :now), deleted_at = :now
             where id = :id
            """).param("id", id.value()).param("now", SqlTime.utc(now)).update();
        for (var way : List.of("sign_in_links", "passkeys", "passkey_owners", "linked_identities")) {
            jdbc.sql("delete from " + way + " where account_id = :id")
                    .param("id", id.value())
                    .update();
        }
        jdbc.sql("delete from operator_notes where driver_id = :id and steve_transaction_id is not null")
                .param("id", id.value())
                .update();
    }

    void clearPassword(AccountId id) {
        jdbc.sql("update accounts set password_hash = null where id = :id")
                .param("id", id.value())
                .update();
    }

    boolean isForgotten(AccountId id) {
        return jdbc.sql("select deleted_at is not null from accounts where id = :id")
                .param("id", id.value())
                .query(Boolean.class)
                .single();
    }

    /** Ends every sign-in and API token and forgets all known browsers. */
    void endAccess(AccountId id) {
        jdbc.sql("update accounts set access_revision = access_revision + 1 where id = :id")
                .param("id", id.value())
                .update();
        jdbc.sql("delete from spring_session where principal_name = :name")
                .param("name", id.toString())
                .update();
        jdbc.sql("delete from api_tokens where account_id = :id")
                .param("id", id.value())
                .update();
        jdbc.sql("delete from known_browsers where account_id = :id")
                .param("id", id.value())
                .update();
    }

    List<Account> findAll(Collection<AccountId> ids) {
        return jdbc.sql("select " + COLUMNS + " from accounts a where a.id = any(?)")
                .param(ids.stream().map(AccountId::value).toArray(Long[]::new))
                .query(AccountRepository::account)
                .list();
    }

    /**
     * Lists accounts by name.
     *
     * @param role empty for all
     * @param search part of a name or e-mail address; empty for all
     * @param after id of the previous page's last account; 0 for the first page
     */
    List<Account> list(Optional<Role> role, String search, long after, int limit) {
        return jdbc.sql("""
            select a.id, a.email, a.name, a.role, a.locale, a.time_zone, a.disabled_at, a.distance_unit,
                   a.consumption
              from accounts a
             where (cast(:role as text) is null or a.role = :role)
               and (:pattern = '%%' or a.name ilike :pattern or a.email ilike :pattern)
               and (:after = 0
                    or (lower(a.name), a.id) > (select lower(b.name), b.id from accounts b where b.id = :after))
             order by lower(a.name), a.id
             limit :limit
            """)
                .param("role", role.map(Role::name).orElse(null))
                .param("pattern", "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("after", after)
                .param("limit", limit)
                .query(AccountRepository::account)
                .list();
    }

    static Account account(ResultSet row, int number) throws SQLException {
        return account(row, "");
    }

    /**
     * @param prefix prefix of the account's column names
     */
    static Account account(ResultSet row, String prefix) throws SQLException {
        var consumption = row.getBigDecimal(prefix + "consumption");
        return new Account(
                new AccountId(row.getLong(prefix + "id")),
                row.getString(prefix + "email"),
                row.getString(prefix + "name"),
                Role.valueOf(row.getString(prefix + "role")),
                Locale.forLanguageTag(row.getString(prefix + "locale")),
                ZoneId.of(row.getString(prefix + "time_zone")),
                SqlTime.instant(row, prefix + "disabled_at"),
                Optional.ofNullable(row.getString(prefix + "distance_unit"))
                        .map(unit -> new Consumption(Consumption.Unit.valueOf(unit), consumption)));
    }

    static SignInRight access(ResultSet row, int number) throws SQLException {
        return new SignInRight(account(row, number), row.getInt("access_revision"));
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(access(row, number), Optional.ofNullable(row.getString("password_hash")));
    }
}
