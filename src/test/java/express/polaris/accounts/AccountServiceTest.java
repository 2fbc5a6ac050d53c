package express.polaris.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import express.polaris.platform.refusals.BadParameter;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@ApplicationTest
@RecordApplicationEvents
class AccountServiceTest {

    private static final Optional<AccountId> NOBODY = Optional.empty();

    private final Portal portal;
    private final AccountService accounts;
    private final AccountPasswords passwords;
    private final ApiTokenService tokens;
    private final AccessChecks checks;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    AccountServiceTest(
            Portal portal,
            AccountService accounts,
            AccountPasswords passwords,
            ApiTokenService tokens,
            AccessChecks checks,
            AuditLog audit,
            JdbcClient jdbc,
            MutableClock clock) {
        this.portal = portal;
        this.accounts = accounts;
        this.passwords = passwords;
        this.tokens = tokens;
        this.checks = checks;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Test
    void aDriverIsFoundByAddressInAnyCase() {
        var driver = accounts.createDriver(NOBODY, driver("Ada@People.Example", "Ada"));
        assertThat(accounts.findByEmail(" ada@people.example ")).contains(driver);
        assertThat(accounts.find(driver.id())).contains(driver);
        assertThat(driver.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThatThrownBy(() -> accounts.createDriver(NOBODY, driver("ADA@people.example", "Other")))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        var wrong = new NewDriver(
                "no address", " ", Optional.of("short"), Optional.of("xx-klingon"), Optional.of("Mars/Base"));
        var refused = catchThrowableOfType(InvalidInput.class, () -> accounts.createDriver(NOBODY, wrong));
        assertThat(refused.faults())
                .extracting(Fault::field)
                .containsExactly("email", "name", "password", "locale", "timeZone");
    }

    @Test
    void aChangeOfPasswordRoleOrDisablingEndsEverySignInAndToken(ApplicationEvents events) {
        List<java.util.function.Consumer<AccountId>> endings = List.of(
                id -> passwords.set(NOBODY, id, "another password"),
                id -> passwords.changeOwn(id, Portal.PASSWORD, "another password"),
                id -> accounts.changeRole(NOBODY, id, Role.OPERATOR),
                id -> accounts.change(NOBODY, id, AccountChange.none().withDisabled(true)));
        for (var ending : endings) {
            var driver = portal.driver();
            var browser = portal.signedIn(driver);
            var script = portal.withToken(driver);
            assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
            assertThat(script.get("/api/v1/me").statusCode()).isEqualTo(200);
            ending.accept(driver.id());
            assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
            assertThat(script.get("/api/v1/me").statusCode()).isEqualTo(401);
            assertThat(events.stream(AccountAccessEnded.class)).contains(new AccountAccessEnded(driver.id()));
        }
    }

    @Test
    void aSignInOfAnEarlierAccessRevisionIsInvalid() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        jdbc.sql("update accounts set access_revision = access_revision + 1 where id = :id")
                .param("id", driver.id().value())
                .update();
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aChangeOfNameOrZoneEndsNoSignInOrToken() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        var change = new AccountChange(
                Optional.of("New Name"), Optional.of("de-AT"), Optional.of("Asia/Tokyo"), Optional.empty());
        var changed = accounts.change(NOBODY, driver.id(), change);
        assertThat(changed.locale()).isEqualTo(Locale.forLanguageTag("de-AT"));
        assertThat(browser.get("/api/v1/me").body()).contains("New Name", "de-AT", "Asia/Tokyo");
    }

    @Test
    void aWrongCurrentPasswordIsRefusedAndLimited() {
        var driver = portal.driver();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> passwords.changeOwn(driver.id(), "wrong", "another password"))
                    .isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> passwords.changeOwn(driver.id(), Portal.PASSWORD, "another password"))
                .isInstanceOf(express.polaris.platform.refusals.TooMany.class);
    }

    @Test
    void theLastOperatorCanBeNeitherDisabledNorDemoted() {
        var operator = portal.operator();
        jdbc.sql("update accounts set disabled_at = now() where role = 'OPERATOR' and id <> :id")
                .param("id", operator.id().value())
                .update();
        assertThatThrownBy(() -> accounts.change(
                        NOBODY, operator.id(), AccountChange.none().withDisabled(true)))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> accounts.changeRole(NOBODY, operator.id(), Role.DRIVER))
                .isInstanceOf(Conflict.class);
        jdbc.sql("update accounts set disabled_at = null where role = 'OPERATOR'")
                .update();
    }

    @Test
    void thePagesOfTheListHaveEveryAccountOnce() {
        for (int i = 0; i < 7; i++) {
            accounts.createDriver(NOBODY, driver("list" + i + "@list%_.example", "Same Name"));
        }
        var seen = new ArrayList<String>();
        var page = accounts.list(Optional.of("LIST%_"), Optional.empty(), 3);
        seen.addAll(page.items().stream().map(Account::email).toList());
        while (page.nextCursor().isPresent()) {
            page = accounts.list(Optional.of("LIST%_"), page.nextCursor(), 3);
            seen.addAll(page.items().stream().map(Account::email).toList());
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        assertThatThrownBy(() -> accounts.list(Optional.empty(), Optional.of("?!"), 3))
                .isInstanceOf(BadParameter.class);
    }

    @Test
    void tokensEndAfterTheirLifetimeAndWhenRevoked() {
        var access = accounts.access(portal.driver().id()).orElseThrow();
        var token = tokens.issue(access, "script", 1).orElseThrow();
        var signedIn = tokens.authenticate(token.token()).orElseThrow();
        assertThat(checks.holds(signedIn)).isTrue();
        clock.advance(Duration.ofDays(1));
        assertThat(tokens.authenticate(token.token())).isEmpty();
        assertThat(checks.holds(signedIn)).isFalse();
        var other = tokens.authenticate(
                        tokens.issue(access, "other", 90).orElseThrow().token())
                .orElseThrow();
        tokens.revokeCurrent(other);
        assertThat(checks.holds(other)).isFalse();
        assertThatThrownBy(() -> tokens.revokeCurrent(other)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> tokens.issue(access, "too long", 91)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void noTokenIsIssuedForAnAccessThatHasEnded() {
        var driver = portal.driver();
        var access = accounts.access(driver.id()).orElseThrow();
        passwords.set(NOBODY, driver.id(), "another password");
        assertThat(tokens.issue(access, "late", 1)).isEmpty();
    }

    @Test
    void theAuditLogOnlyGrows() {
        var operator = portal.operator();
        audit.record(Optional.of(operator.id()), "test.action", "thing 1", Map.of("reason", "because"));
        var entry = audit.page(Optional.empty(), 1).getFirst();
        assertThat(entry.actor()).contains(operator.id());
        assertThat(entry.details()).contains("because");
        for (var sql : List.of("update audit_log set action = 'x'", "delete from audit_log", "truncate audit_log")) {
            assertThatThrownBy(() -> jdbc.sql(sql).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("its rows never change");
        }
    }

    private static NewDriver driver(String email, String name) {
        return new NewDriver(email, name, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
