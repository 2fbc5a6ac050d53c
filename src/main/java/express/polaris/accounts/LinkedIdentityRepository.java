package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code linked_identities}, and of the sign-ins that came from them. */
@Repository
class LinkedIdentityRepository {

    private final JdbcClient jdbc;

    LinkedIdentityRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<LinkedIdentity> find(String issuer, String subject) {
        return jdbc.sql("""
            select id, account_id, issuer, subject, linked_at, confirmed_at
              from linked_identities where issuer = :issuer and subject = :subject
            """)
                .param("issuer", issuer)
                .param("subject", subject)
                .query(LinkedIdentityRepository::identity)
                .optional();
    }

    List<LinkedIdentity> of(AccountId account) {
        return jdbc.sql("""
            select id, account_id, issuer, subject, linked_at, confirmed_at
              from linked_identities where account_id = :account order by confirmed_at desc
            """)
                .param("account", account.value())
                .query(LinkedIdentityRepository::identity)
                .list();
    }

    /** Returns empty when the account or the identity is linked already. */
    Optional<LinkedIdentity> insert(AccountId account, String issuer, String subject, Instant now) {
        return jdbc.sql("""
            insert into linked_identities (account_id, issuer, subject, linked_at, confirmed_at)
            values (:account, :issuer, :subject, :now, :now)
            on conflict do nothing
            returning id, account_id, issuer, subject, linked_at, confirmed_at
            """)
                .param("account", account.value())
                .param("issuer", issuer)
                .param("subject", subject)
                .param("now", SqlTime.utc(now))
                .query(LinkedIdentityRepository::identity)
                .optional();
    }

    void noteConfirmed(long identity, Instant now) {
        jdbc.sql("update linked_identities set confirmed_at = :now where id = :id")
                .param("now", SqlTime.utc(now))
                .param("id", identity)
                .update();
    }

    /** Ends the sign-ins of the identity; those by other ways stay. */
    void endSignIns(long identity) {
        jdbc.sql("""
            delete from spring_session
             where session_id in (select session_id from oidc_sign_ins where identity_id = :id)
            """).param("id", identity).update();
    }

    void delete(long identity) {
        jdbc.sql("delete from linked_identities where id = :id")
                .param("id", identity)
                .update();
    }

    private static LinkedIdentity identity(ResultSet row, int number) throws SQLException {
        return new LinkedIdentity(
                row.getLong("id"),
                new AccountId(row.getLong("account_id")),
                row.getString("issuer"),
                row.getString("subject"),
                SqlTime.required(row, "linked_at"),
                SqlTime.required(row, "confirmed_at"));
    }
}
