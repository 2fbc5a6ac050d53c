package express.polaris.platform.settings;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Valid settings of this process.
 *
 * @param demo whether SteVe, its chargers and the accounts are simulated
 * @param steve empty in the demo, which simulates it
 * @param database empty = embedded PostgreSQL under {@code dataDirectory}
 * @param operator first operator, used only while no operator exists
 * @param publicUrl address of the portal for browsers; links in mails use only this
 * @param trustedProxies addresses or CIDR blocks whose forwarding headers are trusted
 * @param currency preset for new plans, and used where no plan gives one
 * @param timeZone default for accounts, and zone of invoice dates
 * @param steveCallsPerSecond maximum number of session reads per second by this node; discovery and backfill do not
 *     count
 * @param smtp empty = no mail is sent
 * @param demoBind address on which the demo listens; not used outside the demo
 * @param backup backups of the embedded database; not used with an external one
 * @param retention how long data is kept that has a time
 * @param oidc empty = no single sign-on
 * @param priceSeries addresses of market prices, by the code of their series
 */
public record Settings(
        boolean demo,
        Optional<SteveAccess> steve,
        Optional<DatabaseAccess> database,
        Path dataDirectory,
        Optional<FirstOperator> operator,
        Optional<URI> publicUrl,
        List<String> trustedProxies,
        Currency currency,
        ZoneId timeZone,
        int steveCallsPerSecond,
        Optional<Smtp> smtp,
        InetAddress demoBind,
        Backup backup,
        Retention retention,
        Optional<Oidc> oidc,
        Map<String, URI> priceSeries) {

    /** Access to SteVe; the base URL ends before {@code /api}, e.g. {@code http://host:8180/steve}. */
    public record SteveAccess(URI baseUrl, String username, String password) {
        @Override
        public String toString() {
            return "SteveAccess[" + baseUrl + "]";
        }
    }

    /** External PostgreSQL; the JDBC URL may contain user and password. */
    public record DatabaseAccess(String jdbcUrl, Optional<String> username, Optional<String> password) {
        @Override
        public String toString() {
            return "DatabaseAccess[" + jdbcUrl.replaceFirst("\\?.*", "") + "]";
        }
    }

    /**
     * Mail server.
     *
     * @param from sender address
     */
    public record Smtp(
            String host,
            int port,
            Security security,
            Optional<String> username,
            Optional<String> password,
            String from) {

        /** Transport security of the connection. */
        public enum Security {
            /** The connection starts unencrypted and must upgrade to TLS before anything else is sent. */
            STARTTLS,
            TLS,
            NONE
        }

        @Override
        public String toString() {
            return "Smtp[" + host + ":" + port + "]";
        }
    }

    /**
     * Age at which rows are removed. What is not named here is kept until somebody deletes it, or for ever.
     *
     * @param answers SteVe's last answer about a session, since it was read
     * @param syncRuns runs of sync and their errors
     * @param mails what is known of mails that were sent or given up, since they were queued
     * @param notifications notifications of drivers
     * @param starts starts that drivers requested
     * @param notes drivers' messages to operators
     * @param browsers browsers that signed in, since they were last used
     * @param audit entries of the audit log, and the times at which operators viewed a driver's portal; at least a year
     */
    public record Retention(
            Duration answers,
            Duration syncRuns,
            Duration mails,
            Duration notifications,
            Duration starts,
            Duration notes,
            Duration browsers,
            Duration audit) {

        /** Without settings. */
        public static final Retention USUAL = new Retention(
                Duration.ofDays(400),
                Duration.ofDays(60),
                Duration.ofDays(90),
                Duration.ofDays(400),
                Duration.ofDays(90),
                Duration.ofDays(400),
                Duration.ofDays(400),
                Duration.ofDays(3650));
    }

    /**
     * Single sign-on by OpenID Connect.
     *
     * @param issuer as the issuer names itself; its discovery document is below it
     * @param button name of the issuer on the sign-in page; empty = a text in the reader's language
     * @param groupsClaim claim with a person's groups
     * @param operatorGroups groups whose members are operators
     * @param allowedGroups groups whose members may sign in; empty = everyone whom the issuer lets in
     * @param selfProvisioning whether a person without an account gets one at their first sign-in
     */
    public record Oidc(
            URI issuer,
            String clientId,
            String clientSecret,
            Optional<String> button,
            List<String> scopes,
            String groupsClaim,
            List<String> operatorGroups,
            List<String> allowedGroups,
            boolean selfProvisioning) {
        @Override
        public String toString() {
            return "Oidc[" + issuer + "]";
        }
    }

    public record FirstOperator(String email, String password) {
        @Override
        public String toString() {
            return "FirstOperator[" + email + "]";
        }
    }
    /**
     * Backups of the embedded database.
     *
     * @param time of the nightly backup, in {@code timeZone}; empty = none is made
     * @param keep number of nightly backups that are kept, at least 1
     */
    public record Backup(Path directory, Optional<LocalTime> time, int keep) {}
}
