package express.polaris.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import express.polaris.platform.settings.GivenSettings.Given;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

class SettingsReaderTest {

    private static final Map<String, String> STEVE = Map.of(
            "POLARIS_STEVE_BASE_URL", "http://steve:8180/steve/",
            "POLARIS_STEVE_USERNAME", "polaris",
            "POLARIS_STEVE_PASSWORD", "secret");

    private static Map<String, String> steveAnd(String name, String value) {
        var given = new HashMap<>(STEVE);
        given.put(name, value);
        return given;
    }

    private static Settings read(Map<String, String> variables) {
        var given = new HashMap<String, Given>();
        variables.forEach((name, text) -> given.put(name, new Given(text, new Origin.Variable())));
        return SettingsReader.read(new GivenSettings(given, List.of())).settings();
    }

    private static InvalidSettings faultsOf(Map<String, String> given) {
        return catchThrowableOfType(InvalidSettings.class, () -> read(given));
    }

    @Test
    void noSettingsStartTheDemo() {
        var settings = read(Map.of());
        assertThat(settings.demo()).isTrue();
        assertThat(settings.steve()).isEmpty();
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("data/demo"));
    }

    @Test
    void whereTheProcessKeepsFilesAndListensDoesNotEndTheDemo() throws UnknownHostException {
        var settings =
                read(Map.of("POLARIS_DATA_DIRECTORY", "/var/lib/polaris-express", "POLARIS_DEMO_BIND", "0.0.0.0"));
        assertThat(settings.demo()).isTrue();
        assertThat(settings.demoBind()).isEqualTo(InetAddress.getByAddress(new byte[4]));
        assertThat(read(Map.of()).demoBind()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    }

    @Test
    void anInstallationNeverStartsOnTheDemosDatabase() {
        var demo = read(Map.of("POLARIS_DATA_DIRECTORY", "/data"));
        assertThat(demo.dataDirectory()).isEqualTo(Path.of("/data/demo"));
        assertThat(read(steveAnd("POLARIS_DATA_DIRECTORY", "/data")).dataDirectory())
                .isEqualTo(Path.of("/data"));
    }

    @Test
    void theAddressOfTheDemoIsNoSettingOfAnInstallation() {
        assertThat(read(steveAnd("POLARIS_DEMO_BIND", "0.0.0.0")).demo()).isFalse();
        assertThat(faultsOf(Map.of("POLARIS_DEMO_BIND", "all")).faults())
                .containsExactly(
                        "POLARIS_DEMO_BIND is \"all\"; give an IP address of this machine, or 0.0.0.0 for all");
    }

    @Test
    void steveSettingsStartARealInstallationWithTheEmbeddedDatabase() {
        var settings = read(STEVE);
        assertThat(settings.demo()).isFalse();
        assertThat(settings.steve().orElseThrow().baseUrl()).hasToString("http://steve:8180/steve");
        assertThat(settings.database()).isEmpty();
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("data"));
    }

    @Test
    void settingsWithoutSteveAreAnErrorAndNeverTheDemo() {
        assertThat(faultsOf(Map.of("POLARIS_CURRENCY", "EUR")).faults())
                .hasSize(3)
                .anyMatch(fault -> fault.contains("POLARIS_STEVE_BASE_URL is missing"))
                .anyMatch(fault -> fault.contains("POLARIS_STEVE_USERNAME is missing"))
                .anyMatch(fault -> fault.contains("POLARIS_STEVE_PASSWORD is missing"));
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        var given = steveAnd("POLARIS_CURRENCY", "EURO");
        given.put("POLARIS_TIME_ZONE", "Berlin");
        given.put("POLARIS_STEVE_CALLS_PER_SECOND", "0");
        given.put("POLARIS_PUBLIC_URL", "portal.example.org");
        given.put("POLARIS_TRUSTED_PROXIES", "10.0.0.0/8, proxy");
        given.put("POLARIS_STEVE_URL", "http://steve");
        assertThat(faultsOf(given).faults())
                .hasSize(6)
                .anyMatch(fault -> fault.startsWith("POLARIS_CURRENCY is \"EURO\""))
                .anyMatch(fault -> fault.startsWith("POLARIS_TIME_ZONE is \"Berlin\""))
                .anyMatch(fault -> fault.startsWith("POLARIS_STEVE_CALLS_PER_SECOND is \"0\""))
                .anyMatch(fault -> fault.startsWith("POLARIS_PUBLIC_URL is \"portal.example.org\""))
                .anyMatch(fault -> fault.startsWith("POLARIS_TRUSTED_PROXIES has \"proxy\""))
                .anyMatch(fault -> fault.startsWith("POLARIS_STEVE_URL is not a setting"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/99", "10.0.0.0/33", "fd00::/129", "10.0.0.256", "10.1", "10", "1::2::3", "::1/"})
    void proxiesThatCannotBeAreAFault(String proxy) {
        assertThat(faultsOf(steveAnd("POLARIS_TRUSTED_PROXIES", "10.0.0.0/8," + proxy))
                        .faults())
                .singleElement()
                .isEqualTo("POLARIS_TRUSTED_PROXIES has \"" + proxy
                        + "\"; allowed are IP addresses and CIDR blocks such as 10.0.0.0/8, separated by commas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/32", "0.0.0.0/0", "192.168.1.7", "fd00::/128", "::1", "::ffff:10.0.0.1"})
    void proxiesAreAddressesAndBlocks(String proxy) {
        assertThat(read(steveAnd("POLARIS_TRUSTED_PROXIES", proxy)).trustedProxies())
                .containsExactly(proxy)
                .allSatisfy(IpAddressMatcher::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POLARIS_STEVE_BASE_URL",
                "POLARIS_DATABASE_URL",
                "POLARIS_OPERATOR_EMAIL",
                "POLARIS_PUBLIC_URL",
                "POLARIS_SMTP_HOST",
                "POLARIS_OIDC_ISSUER"
            })
    void theDemoDoesNotStartBesideARealInstallation(String name) {
        assertThat(faultsOf(Map.of("POLARIS_DEMO", "true", name, "http://x")).faults())
                .anyMatch(fault -> fault.startsWith(name + " is set together with POLARIS_DEMO=true"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://user:p%40ss@db:5433/polaris?sslmode=require,jdbc:postgresql://db:5433/polaris?sslmode=require,user,p@ss",
        "postgres://db/polaris,jdbc:postgresql://db/polaris,,",
        "jdbc:postgresql://db/polaris?user=a&password=b,jdbc:postgresql://db/polaris?user=a&password=b,,"
    })
    void databasesAreNamedInEitherWay(String given, String jdbcUrl, String user, String password) {
        var database = read(steveAnd("POLARIS_DATABASE_URL", given)).database().orElseThrow();
        assertThat(database.jdbcUrl()).isEqualTo(jdbcUrl);
        assertThat(database.username()).isEqualTo(Optional.ofNullable(user));
        assertThat(database.password()).isEqualTo(Optional.ofNullable(password));
    }

    @Test
    void secretsAppearInNoTextOrMessage() {
        var given = steveAnd("POLARIS_DATABASE_URL", "postgresql://user:hidden@db/polaris");
        given.put("POLARIS_OPERATOR_EMAIL", "op@example.org");
        given.put("POLARIS_OPERATOR_PASSWORD", "hidden password");
        assertThat(read(given).toString()).doesNotContain("hidden", "secret");
        assertThatThrownBy(() -> read(steveAnd("POLARIS_DATABASE_URL", "mysql://user:hidden@db/x")))
                .hasMessageContaining("POLARIS_DATABASE_URL")
                .message()
                .doesNotContain("hidden");
    }

    @Test
    void aFirstOperatorHasAnAddressAndALongPassword() {
        assertThat(faultsOf(steveAnd("POLARIS_OPERATOR_EMAIL", "op@example.org"))
                        .faults())
                .containsExactly("POLARIS_OPERATOR_PASSWORD is missing; give at least 10 characters");
        var given = steveAnd("POLARIS_OPERATOR_EMAIL", "op");
        given.put("POLARIS_OPERATOR_PASSWORD", "too short");
        assertThat(faultsOf(given).faults())
                .containsExactly(
                        "POLARIS_OPERATOR_EMAIL is \"op\"; give an e-mail address",
                        "POLARIS_OPERATOR_PASSWORD cannot be used; give at least 10 characters");
    }

    @Test
    void zoneAndCurrencyHaveDefaults() {
        var settings = read(steveAnd("POLARIS_TIME_ZONE", "Europe/Berlin"));
        assertThat(settings.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(settings.currency().getCurrencyCode()).isEqualTo("EUR");
    }

    @Test
    void aMailServerRequiresASenderAndAPublicAddress() {
        assertThat(faultsOf(steveAnd("POLARIS_SMTP_HOST", "mail.example.org")).faults())
                .hasSize(2)
                .anyMatch(fault -> fault.startsWith("POLARIS_SMTP_FROM is missing"))
                .anyMatch(fault -> fault.startsWith("POLARIS_PUBLIC_URL is missing; mails link to it"));
        assertThat(faultsOf(steveAnd("POLARIS_SMTP_FROM", "portal@example.org")).faults())
                .containsExactly("POLARIS_SMTP_FROM is set without POLARIS_SMTP_HOST; set both or neither");
    }

    @Test
    void singleSignOnNeedsIssuerClientAndPublicAddress() {
        assertThat(faultsOf(steveAnd("POLARIS_OIDC_BUTTON", "Yard ID")).faults())
                .anyMatch(fault -> fault.startsWith("POLARIS_PUBLIC_URL is missing"))
                .anyMatch(fault -> fault.startsWith("POLARIS_OIDC_ISSUER is missing"))
                .anyMatch(fault -> fault.startsWith("POLARIS_OIDC_CLIENT_ID is missing"))
                .anyMatch(fault -> fault.startsWith("POLARIS_OIDC_CLIENT_SECRET is missing"));
        assertThat(read(steveAnd("POLARIS_OIDC_ISSUER", " ")).oidc()).isEmpty();
    }

    @Test
    void issuerIdAndSecretAreEnoughForSingleSignOn() {
        var given = steveAnd("POLARIS_OIDC_ISSUER", "https://id.example.org/realms/yard");
        given.put("POLARIS_OIDC_CLIENT_ID", "polaris");
        given.put("POLARIS_OIDC_CLIENT_SECRET", "not for logs");
        given.put("POLARIS_PUBLIC_URL", "https://charging.example.org");
        var oidc = read(given).oidc().orElseThrow();
        assertThat(oidc.scopes()).containsExactly("openid", "profile", "email");
        assertThat(oidc.groupsClaim()).isEqualTo("groups");
        assertThat(oidc.operatorGroups()).isEmpty();
        assertThat(oidc.selfProvisioning()).isFalse();
        assertThat(oidc.toString()).doesNotContain("not for logs");
        given.put("POLARIS_OIDC_OPERATOR_GROUPS", "admins, yard owners,,admins");
        given.put("POLARIS_OIDC_SCOPES", "openid,email,offline_access");
        assertThat(read(given).oidc().orElseThrow().operatorGroups()).containsExactly("admins", "yard owners");
        given.put("POLARIS_OIDC_SCOPES", "email");
        assertThat(faultsOf(given).faults())
                .containsExactly(
                        "POLARIS_OIDC_SCOPES is \"email\"; give scopes separated by commas; openid has to be one"
                                + " of them");
    }

    @Test
    void theDefaultSmtpPortFollowsTheEncryption() {
        var given = steveAnd("POLARIS_SMTP_HOST", "mail.example.org");
        given.put("POLARIS_SMTP_FROM", "portal@example.org");
        given.put("POLARIS_PUBLIC_URL", "https://portal.example.org");
        assertThat(read(given).smtp().orElseThrow().port()).isEqualTo(587);
        given.put("POLARIS_SMTP_SECURITY", "tls");
        assertThat(read(given).smtp().orElseThrow().port()).isEqualTo(465);
        given.put("POLARIS_SMTP_SECURITY", "ssl");
        given.put("POLARIS_SMTP_USERNAME", "polaris");
        assertThat(faultsOf(given).faults())
                .hasSize(2)
                .anyMatch(fault -> fault.startsWith("POLARIS_SMTP_SECURITY is \"ssl\"; give starttls, tls or none"))
                .anyMatch(fault -> fault.startsWith("POLARIS_SMTP_USERNAME and POLARIS_SMTP_PASSWORD belong together"));
    }

    @Test
    void theFormerNameOfAnswersStillHolds() {
        assertThat(read(steveAnd("POLARIS_ANSWER_RETENTION_DAYS", "30"))
                        .retention()
                        .answers())
                .isEqualTo(Duration.ofDays(30));
        assertThat(read(steveAnd("POLARIS_KEEP_ANSWERS_DAYS", "31")).retention().answers())
                .isEqualTo(Duration.ofDays(31));
        assertThat(read(STEVE).retention()).isEqualTo(Settings.Retention.USUAL);
    }

    @Test
    void bothNamesOfAnswersAreAFault() {
        var given = steveAnd("POLARIS_ANSWER_RETENTION_DAYS", "30");
        given.put("POLARIS_KEEP_ANSWERS_DAYS", "30");
        assertThat(faultsOf(given).faults())
                .containsExactly("POLARIS_ANSWER_RETENTION_DAYS is the former name of POLARIS_KEEP_ANSWERS_DAYS;"
                        + " set only one");
    }

    @Test
    void theAuditLogIsKeptForAYearAtLeast() {
        assertThat(faultsOf(steveAnd("POLARIS_KEEP_AUDIT_DAYS", "364")).faults())
                .containsExactly("POLARIS_KEEP_AUDIT_DAYS is \"364\"; give a whole number from 365 to 36500");
    }

    @Test
    void backupsAreForTheEmbeddedDatabaseAndOffInTheDemo() {
        var settings = read(steveAnd("POLARIS_DATA_DIRECTORY", "/srv/polaris"));
        assertThat(settings.backup())
                .isEqualTo(new Settings.Backup(Path.of("/srv/polaris/backups"), Optional.of(LocalTime.of(3, 30)), 7));
        assertThat(read(steveAnd("POLARIS_BACKUP_TIME", "off")).backup().time()).isEmpty();
        var demo = read(Map.of("POLARIS_BACKUP_DIRECTORY", "/backups"));
        assertThat(demo.demo()).isTrue();
        assertThat(demo.backup()).isEqualTo(new Settings.Backup(Path.of("/backups"), Optional.empty(), 7));
        assertThat(faultsOf(steveAnd("POLARIS_BACKUP_TIME", "25:00")).faults())
                .containsExactly("POLARIS_BACKUP_TIME is \"25:00\"; give a time such as 03:30, or off");
        var external = steveAnd("POLARIS_DATABASE_URL", "postgresql://db/polaris");
        external.put("POLARIS_BACKUP_KEEP", "3");
        assertThat(faultsOf(external).faults())
                .singleElement()
                .asString()
                .startsWith("POLARIS_BACKUP_KEEP is set together with POLARIS_DATABASE_URL");
    }
}
