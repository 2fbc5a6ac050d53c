package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code passkeys} and {@code passkey_owners}. */
@Repository
class PasskeyRepository {

    /** Maximum number of passkeys per account. */
    static final int MOST = 20;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int HANDLE_BYTES = 32;

    private final JdbcClient jdbc;

    PasskeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Credential created by an authenticator. */
    record Credential(byte[] id, byte[] data, long signCount, boolean backupEligible, boolean backedUp) {}

    /** Passkey of an enabled account, with the data to verify it. */
    record Stored(long id, SignInRight access, Credential credential) {}

    /** Returns the WebAuthn user handle of the account; created on first use. */
    byte[] handle(AccountId account) {
        var handle = new byte[HANDLE_BYTES];
        RANDOM.nextBytes(handle);
        return jdbc.sql("""
            insert into passkey_owners (account_id, handle) values (:account, :handle)
            on conflict (account_id) do update set handle = passkey_owners.handle
            returning handle
            """)
                .param("account", account.value())
                .param("handle", handle)
                .query((row, number) -> row.getBytes("handle"))
                .single();
    }

    List<byte[]> credentialIds(AccountId account) {
        return jdbc.sql("select credential_id from passkeys where account_id = :account order by id")
                .param("account", account.value())
                .query((row, number) -> row.getBytes("credential_id"))
                .list();
    }

    /** Returns empty when the passkey exists, the account has too many, or its access has lapsed meanwhile. */
    Optional<Long> insert(SignInRight access, String name, Credential credential, Instant now) {
        return jdbc.sql("""
            insert into passkeys (account_id, name, credential_id, credential, sign_count, backup_eligible, backed_up,
                                  created_at)
            select id, :name, :credentialId, :credential, :signCount, :eligible, :backedUp, :now
              from accounts
             where id = :account and access_revision = :revision and disabled_at is null
               and (select count(*) from passkeys p where p.account_id = :account) < :most
               for no key update
            on conflict (credential_id) do nothing
            returning id
            """)
                .param("name", name)
                .param("credentialId", credential.id())
                .param("credential", credential.data())
                .param("signCount", credential.signCount())
                .param("eligible", credential.backupEligible())
                .param("backedUp", credential.backedUp())
                .param("now", SqlTime.utc(now))
                .param("account", access.account().id().value())
                .param("revision", access.revision())
                .param("most", MOST)
                .query(Long.class)
                .optional();
    }

    /**
     * @param handle user handle the authenticator returned
     */
    Optional<Stored> find(byte[] credentialId, byte[] handle) {
        return jdbc.sql("select " + AccountRepository.COLUMNS + """
                 , a.access_revision,
                   p.id as passkey_id, p.credential_id, p.credential, p.sign_count, p.backup_eligible, p.backed_up
              from passkeys p
              join passkey_owners o on o.account_id = p.account_id
              join accounts a on a.id = p.account_id
             where p.credential_id = :credentialId and o.handle = :handle and a.disabled_at is null
            """)
                .param("credentialId", credentialId)
                .param("handle", handle)
                .query(PasskeyRepository::stored)
                .optional();
    }

    /**
     * Stores the counter; returns whether it is above the stored one (or both are 0). Of two concurrent uses of
     * the same counter only one succeeds.
     */
    boolean noteUse(long id, long signCount, boolean backedUp, Instant now) {
        return jdbc.sql("""
            update passkeys set sign_count = :signCount, backed_up = :backedUp, last_used_at = :now
             where id = :id and (sign_count < :signCount or (sign_count = 0 and :signCount = 0))
            """)
                        .param("id", id)
                        .param("signCount", signCount)
                        .param("backedUp", backedUp)
                        .param("now", SqlTime.utc(now))
                        .update()
                == 1;
    }

    List<Passkey> list(AccountId account) {
        return jdbc.sql("""
            select id, name, created_at, last_used_at from passkeys where account_id = :account order by id desc
            """)
                .param("account", account.value())
                .query((row, number) -> new Passkey(
                        row.getLong("id"),
                        row.getString("name"),
                        SqlTime.required(row, "created_at"),
                        SqlTime.instant(row, "last_used_at")))
                .list();
    }

    boolean has(AccountId account, long id) {
        return jdbc.sql("select exists (select from passkeys where id = :id and account_id = :account)")
                .param("id", id)
                .param("account", account.value())
                .query(Boolean.class)
                .single();
    }

    boolean rename(AccountId account, long id, String name) {
        return jdbc.sql("update passkeys set name = :name where id = :id and account_id = :account")
                        .param("name", name)
                        .param("id", id)
                        .param("account", account.value())
                        .update()
                == 1;
    }

    boolean remove(AccountId account, long id) {
        return jdbc.sql("delete from passkeys where id = :id and account_id = :account")
                        .param("id", id)
                        .param("account", account.value())
                        .update()
                == 1;
    }

    /**
     * @return the removed ids
     */
    List<Long> removeAll(AccountId account) {
        return jdbc.sql("delete from passkeys where account_id = :account returning id")
                .param("account", account.value())
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(
                row.getLong("passkey_id"),
                AccountRepository.access(row, number),
                new Credential(
                        row.getBytes("credential_id"),
                        row.getBytes("credential"),
                        row.getLong("sign_count"),
                        row.getBoolean("backup_eligible"),
                        row.getBoolean("backed_up")));
    }
}
