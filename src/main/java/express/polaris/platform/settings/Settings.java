package express.polaris.platform.settings;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
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
 * @param answerRetention time that SteVe's last answer about a session is kept
 * @param smtp empty = no mail is sent
 * @param demoBind address on which the demo listens; not used outside the demo
 * @param backup backups of the embedded database; not used with an external one
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
        Duration answerRetention,
        Optional<Smtp> smtp,
        InetAddress demoBind,
        Backup backup) {

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
