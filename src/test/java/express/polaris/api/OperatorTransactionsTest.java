package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.sessions.SessionService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator searches transactions. */
@ApplicationTest
class OperatorTransactionsTest extends OperatedTransactions {

    OperatorTransactionsTest(
            Portal portal, SimulatedSteve steve, SessionService sessions, MutableClock clock, JdbcClient jdbc) {
        super(portal, steve, sessions, clock, jdbc);
    }

    @Test
    void anItemHasTheSessionAndTheTransactionOfSteve() {
        var driver = portal.driver();
        var start = ago(HOUR.multipliedBy(3));
        long id = ended(start, start.plus(HOUR), 8250);
        sync(id);
        var unowned = items("linked=false&idTag=" + tag).path(0);
        assertThat(unowned.path("driver").isNull()).isTrue();
        assertThat(unowned.path("card").isNull()).isTrue();
        long card = linkTo(driver, start);
        assertThat(items("linked=false&idTag=" + tag)).isEmpty();
        var item = items("linked=true&idTag=" + tag.toUpperCase(Locale.ROOT)).path(0);
        assertThat(item.path("id").asLong()).isEqualTo(id);
        assertThat(item.path("status").asString()).isEqualTo("completed");
        assertThat(item.path("energyKwh").stringValue()).isEqualTo("7.250000"); // (8250 - 1000) / 1000
        assertThat(item.path("startValueWh").stringValue()).isEqualTo("1000");
        assertThat(item.path("stopValueWh").stringValue()).isEqualTo("8250");
        assertThat(item.path("isFinalized").asBoolean()).isTrue();
        assertThat(item.path("goneFromSteveAt").isNull()).isTrue();
        assertThat(item.path("idTag").asString()).isEqualTo(tag);
        assertThat(item.path("driver").path("id").asLong())
                .isEqualTo(driver.id().value());
        assertThat(item.path("driver").path("name").asString()).isEqualTo(driver.name());
        assertThat(item.path("card").path("id").asLong()).isEqualTo(card);
        assertThat(item.path("charger").path("chargeBoxId").asString()).isEqualTo(box);
        assertThat(item.path("cost").path("coverage").asString()).isEqualTo("unknown");
        assertThat(item.has("session")).isFalse();
    }

    @Test
    void filtersCombineAndUnknownValuesMatchNothing() {
        var driver = portal.driver();
        linkTo(driver, ago(HOUR.multipliedBy(9)));
        long open = charging(ago(HOUR), 2000);
        long done = ended(ago(HOUR.multipliedBy(8)), ago(HOUR.multipliedBy(7)), 2000);
        sync(open, done);
        var mine = "driverId=" + driver.id() + "&";
        assertThat(ids(mine)).containsExactly(open, done);
        assertThat(ids(mine + "status=in_progress")).containsExactly(open);
        assertThat(ids(mine + "status=completed")).containsExactly(done);
        assertThat(ids(mine + "chargeBoxId=" + box.toLowerCase(Locale.ROOT))).containsExactly(open, done);
        assertThat(ids(mine + "idTag=" + tag + "&linked=false")).isEmpty();
        for (var unknown : List.of("driverId=999999999", "driverId=x", "chargeBoxId=nowhere", "idTag=nobodys")) {
            assertThat(ids(unknown)).as(unknown).isEmpty();
        }
    }

    @Test
    void dayFiltersAreInclusiveInTheOperatorsZone() {
        var zone = ZoneId.of("Europe/Berlin");
        var day = clock.instant().atZone(zone).toLocalDate().minusDays(3);
        var firstMinute = day.atStartOfDay(zone).toInstant();
        var lastMinute = day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(60);
        long before = ended(firstMinute.minusSeconds(60), firstMinute, 2000);
        long first = ended(firstMinute, firstMinute.plusSeconds(60), 2000);
        long last = ended(lastMinute, lastMinute.plusSeconds(30), 2000);
        long after = ended(lastMinute.plusSeconds(60), lastMinute.plusSeconds(90), 2000);
        sync(before, first, last, after);
        assertThat(ids("idTag=" + tag + "&from=" + day + "&to=" + day)).containsExactly(last, first);
        assertThat(ids("idTag=" + tag + "&from=" + day)).containsExactly(after, last, first);
        assertThat(ids("idTag=" + tag + "&to=" + day)).containsExactly(last, first, before);
    }

    @Test
    void everySessionIsEitherStuckOrNotStuck() {
        long silent = charging(ago(HOUR.multipliedBy(4)), 2000); // last reading 3 h 45 min ago
        long fresh = steve.world().startTransaction(box, 2, tag, ago(Duration.ofMinutes(5)), 1000); // no reading yet
        sync(silent, fresh);
        assertThat(ids("stuck=true&idTag=" + tag)).containsExactly(silent);
        assertThat(ids("stuck=false&idTag=" + tag)).containsExactly(fresh);
    }

    @Test
    void flaggedSessionsAreFoundByTheirFlag() {
        long plain = ended(ago(HOUR.multipliedBy(3)), ago(HOUR.multipliedBy(2)), 2000);
        long flagged = ended(ago(HOUR), ago(Duration.ofMinutes(30)), 2000);
        sync(plain, flagged);
        jdbc.sql("update transaction_sync_state set flags = '{meter_reset}' where steve_transaction_id = ?")
                .param(flagged)
                .update();
        assertThat(ids("idTag=" + tag + "&flag=meter_reset")).containsExactly(flagged);
        assertThat(ids("idTag=" + tag + "&flag=flagged")).containsExactly(flagged);
        assertThat(ids("idTag=" + tag + "&flag=vanished")).isEmpty();
    }

    @Test
    void theNextPageContinuesWhereThePreviousOneEndedWhileSessionsArrive() {
        long oldest = ended(ago(HOUR.multipliedBy(5)), ago(HOUR.multipliedBy(4)), 2000);
        long middle = ended(ago(HOUR.multipliedBy(3)), ago(HOUR.multipliedBy(2)), 2000);
        sync(oldest, middle);
        var page = script.get("/operator/transactions?limit=1&idTag=" + tag);
        assertThat(page.path("items").path(0).path("id").asLong()).isEqualTo(middle);
        sync(ended(ago(HOUR), ago(Duration.ofMinutes(30)), 2000));
        var rest = script.get("/operator/transactions?limit=1&idTag=" + tag + "&cursor="
                + page.path("nextCursor").asString());
        assertThat(rest.path("items").path(0).path("id").asLong()).isEqualTo(oldest);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void anInvalidQueryNamesTheParameter() {
        for (var wrong : List.of(
                "linked=yes",
                "status=done",
                "stuck=1",
                "flag=none",
                "from=2026-02-30",
                "to=tomorrow",
                "limit=0",
                "cursor=x",
                "box=1")) {
            assertThat(Script.faults(script.refused(400, "/operator/transactions?" + wrong)))
                    .as(wrong)
                    .containsExactly(wrong.substring(0, wrong.indexOf('=')));
        }
    }
}
