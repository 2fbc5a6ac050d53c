package express.polaris.accounts.oidc;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code oidc_sign_ins} and {@code used_oidc_values}. Safe on several nodes: each change but {@link #end} is one statement. */
@Repository
class OidcSignInRepository {

    private final JdbcClient jdbc;

    OidcSignInRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tokens of a sign-in, sealed. */
    record Tokens(byte[] idToken, Optional<byte[]> refreshToken) {

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    void insert(String session, long identity, Optional<String> issuerSession, Instant now, Tokens tokens) {
        jdbc.sql("""
            insert into oidc_sign_ins (session_id, identity_id, issuer_session, confirmed_at, id_token, refresh_token)
            values (:session, :identity, :issuerSession, :now, :idToken, :refreshToken)
            """)
                .param("session", session)
                .param("identity", identity)
                .param("issuerSession", issuerSession.orElse(null))
                .param("now", SqlTime.utc(now))
                .param("idToken", tokens.idToken())
                .param("refreshToken", tokens.refreshToken().orElse(null))
                .update();
    }

    Optional<OidcSignIn> find(String session) {
        return jdbc.sql("""
            select o.session_id, i.account_id, i.issuer, i.subject, o.confirmed_at, o.refreshing,
                   o.id_token, o.refresh_token
              from oidc_sign_ins o join linked_identities i on i.id = o.identity_id
             where o.session_id = :session
            """)
                .param("session", session)
                .query(OidcSignInRepository::signIn)
                .optional();
    }

    /**
     * Lets only one node ask the issuer, and none again before {@code until}.
     *
     * @return false if another node is asking, has just asked, or has had the sign-in confirmed since it was read
     */
    boolean claim(OidcSignIn signIn, Instant now, Instant until) {
        return jdbc.sql("""
            update oidc_sign_ins set refreshing = true, refreshing_until = :until
             where session_id = :session and confirmed_at = :confirmed
               and (refreshing_until is null or refreshing_until <= :now or refreshing_until > :until)
            """)
                        .param("session", signIn.session())
                        .param("confirmed", SqlTime.utc(signIn.confirmedAt()))
                        .param("now", SqlTime.utc(now))
                        .param("until", SqlTime.utc(until))
                        .update()
                == 1;
    }

    /** Keeps the earlier refresh token if there is no new one (RFC 6749, section 6). */
    void noteConfirmed(String session, Instant now, Tokens tokens) {
        jdbc.sql("""
            update oidc_sign_ins
               set confirmed_at = :now, id_token = :idToken, refresh_token = coalesce(:refreshToken, refresh_token),
                   refreshing = false, refreshing_until = null
             where session_id = :session
            """)
                .param("session", session)
                .param("now", SqlTime.utc(now))
                .param("idToken", tokens.idToken())
                .param("refreshToken", tokens.refreshToken().orElse(null))
                .update();
    }

    /** The issuer did not answer; no node asks it again before the end of the claim. */
    void noteUnanswered(String session) {
        jdbc.sql("update oidc_sign_ins set refreshing = false where session_id = :session")
                .param("session", session)
                .update();
    }

    /** From now on only a new sign-in at the issuer confirms this one. */
    void forgetRefreshToken(String session) {
        jdbc.sql("""
            update oidc_sign_ins set refresh_token = null, refreshing = false, refreshing_until = null
             where session_id = :session
            """).param("session", session).update();
    }

    /**
     * Finds the sign-ins of a person at the issuer, or of one of its sessions. A sign-in whose session the issuer never
     * named counts for all of the person's.
     *
     * @param subject empty if the issuer names only its session
     * @param issuerSession empty for all of the person's
     */
    List<OidcSignIn> of(String issuer, Optional<String> subject, Optional<String> issuerSession) {
        return jdbc.sql("""
            select o.session_id, i.account_id, i.issuer, i.subject, o.confirmed_at, o.refreshing,
                   o.id_token, o.refresh_token
              from oidc_sign_ins o join linked_identities i on i.id = o.identity_id
             where i.issuer = :issuer
               and (cast(:subject as text) is null or i.subject = :subject)
               and (cast(:issuerSession as text) is null or o.issuer_session = :issuerSession
                    or cast(:subject as text) is not null and o.issuer_session is null)
            """)
                .param("issuer", issuer)
                .param("subject", subject.orElse(null))
                .param("issuerSession", issuerSession.orElse(null))
                .query(OidcSignInRepository::signIn)
                .list();
    }

    /** Ends sign-ins on all nodes, in the caller's transaction. */
    void end(List<OidcSignIn> signIns) {
        var sessions = signIns.stream().map(OidcSignIn::session).toArray(String[]::new);
        jdbc.sql("delete from oidc_sign_ins where session_id = any(:sessions)")
                .param("sessions", sessions)
                .update();
        jdbc.sql("delete from spring_session where session_id = any(:sessions)")
                .param("sessions", sessions)
                .update();
    }

    /** Uses a value up; false if it was used before. */
    boolean use(String value, Instant expiresAt) {
        return jdbc.sql(
                                "insert into used_oidc_values (hash, expires_at) values (:hash, :expires) on conflict do nothing")
                        .param("hash", hash(value))
                        .param("expires", SqlTime.utc(expiresAt))
                        .update()
                == 1;
    }

    private static byte[] hash(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static OidcSignIn signIn(ResultSet row, int number) throws SQLException {
        return new OidcSignIn(
                row.getString("session_id"),
                new AccountId(row.getLong("account_id")),
                row.getString("issuer"),
                row.getString("subject"),
                SqlTime.required(row, "confirmed_at"),
                row.getBoolean("refreshing"),
                row.getBytes("id_token"),
                Optional.ofNullable(row.getBytes("refresh_token")));
    }
}
