package express.polaris.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * The valid settings of this process.
 *
 * @param demo whether everything is simulated: the SteVe, its chargers, the accounts
 * @param steve empty in the demo, which brings its own
 * @param database empty = embedded PostgreSQL under {@code dataDirectory}
 * @param operator the first operator, used only while no operator exists
 * @param publicUrl where browsers reach the portal; links in mails come from it alone
 * @param trustedProxies addresses or CIDR blocks whose forwarding headers are believed
 * @param currency of plans that name none
 * @param timeZone of accounts that name none
 * @param steveCallsPerSecond budget of all calls to SteVe together
 * @param answerRetention how long SteVe's last answer about a session is kept
 * @param smtp empty = no mail is sent
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
        Optional<Smtp> smtp) {

    /** How to reach SteVe: the address ends before {@code /api}, e.g. {@code http://host:8180/steve}. */
    public record SteveAccess(URI baseUrl, String username, String password) {
        @Override
        public String toString() {
            return "SteveAccess[" + baseUrl + "]";
        }
    }

    /** An external PostgreSQL; user and password may be part of the JDBC address instead. */
    public record DatabaseAccess(String jdbcUrl, Optional<String> username, Optional<String> password) {
        @Override
        public String toString() {
            return "DatabaseAccess[" + jdbcUrl.replaceFirst("\\?.*", "") + "]";
        }
    }

    /**
     * The server that takes mails.
     *
     * @param from the sender's address
     */
    public record Smtp(
            String host,
            int port,
            Security security,
            Optional<String> username,
            Optional<String> password,
            String from) {

        /** How the connection is protected. */
        public enum Security {
            /** It begins in the clear and has to become TLS before anything is said. */
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
}
