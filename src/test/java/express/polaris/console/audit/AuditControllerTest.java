package express.polaris.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AuditLog;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The operator's pages of the audit log. */
@ApplicationTest
class AuditControllerTest {

    private static final Pattern NEXT = Pattern.compile("hx-get=\"([^\"]+)\"");

    private final Portal portal;
    private final AuditLog audit;
    private final MutableClock clock;

    AuditControllerTest(Portal portal, AuditLog audit, MutableClock clock) {
        this.portal = portal;
        this.audit = audit;
        this.clock = clock;
    }

    private static String rows(Browser browser, String query) {
        var answer = browser.get("/operator/audit" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var body = answer.body();
        return body.contains("<tbody") ? body.substring(body.indexOf("<tbody")) : "";
    }

    @Test
    void entriesAreFilteredByActorActionSubjectAndTime() {
        var one = portal.operator();
        var other = portal.operator();
        var browser = portal.signedIn(one);
        audit.record(Optional.of(one.id()), "session.owner", "session 880001", Map.of("reason", "A mix-up"));
        audit.record(Optional.of(other.id()), "sync.run", "sync run 880002", Map.of());
        clock.advance(Duration.ofDays(2));
        audit.record(Optional.empty(), "invoice.run", "invoices 880003", Map.of());
        var since = clock.instant().atZone(one.timeZone()).toLocalDate();
        assertThat(rows(browser, ""))
                .contains("session 880001", "A mix-up", "Owner corrected", "/operator/transactions/880001")
                .contains("sync run 880002", "/operator/sync/880002", "invoices 880003", "The system");
        assertThat(rows(browser, "?who=" + one.id())).contains("880001").doesNotContain("880002");
        assertThat(rows(browser, "?action=sync.run")).contains("880002").doesNotContain("880001");
        assertThat(rows(browser, "?subject=session+88000")).contains("880001").doesNotContain("880002");
        assertThat(rows(browser, "?subject=%25")).isEmpty();
        assertThat(rows(browser, "?from=" + since)).contains("880003").doesNotContain("880001");
        assertThat(rows(browser, "?to=" + since.minusDays(1)))
                .contains("880001")
                .doesNotContain("880003");
    }

    @Test
    void anInvalidFilterIsReportedAndKept() {
        var answer = portal.signedIn(portal.operator()).get("/operator/audit?from=yesterday&subject=session+1");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("“yesterday” is not a date", "value=\"session 1\"");
    }

    @Test
    void moreEntriesAreLoadedInOrderWhileNewOnesArrive() {
        var operator = portal.operator();
        var browser = portal.signedIn(operator);
        for (int i = 0; i < 53; i++) {
            audit.record(Optional.of(operator.id()), "sync.run", "sync run " + (990_000 + i), Map.of());
        }
        var page = browser.get("/operator/audit?who=" + operator.id()).body();
        assertThat(page).contains("sync run 990052", "sync run 990003").doesNotContain("sync run 990002");
        var next = NEXT.matcher(page);
        assertThat(next.find()).isTrue();
        audit.record(Optional.of(operator.id()), "sync.run", "sync run 999999", Map.of());
        assertThat(browser.get(next.group(1).replace("&amp;", "&")).body())
                .contains("sync run 990002", "sync run 990000")
                .doesNotContain("sync run 990003", "sync run 999999");
    }
}
