package express.polaris.sessions.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.statistics.SessionConcerns.UnlinkedTag;
import express.polaris.testing.MutableClock;
import express.polaris.testing.StoredSessions;
import express.polaris.testing.TestDatabase;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Findings about sessions, computed from stored rows alone. */
class SessionConcernsTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.freshPool());
    private final StoredSessions stored = new StoredSessions(jdbc);
    private final SessionConcerns concerns = new SessionConcerns(jdbc);
    private final Accounting accounting = new Accounting(jdbc, new MutableClock(NOW));
    private final Optional<Long> anna = Optional.of(stored.driver("Anna"));

    private static Instant ago(long minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    @Test
    void unknownTagsAreSummedUpWithThoseOfLiveSessionsFirst() {
        stored.completed("lost", Optional.empty(), ago(600), "2.5");
        stored.completed("LOST", Optional.empty(), ago(300), "4");
        stored.open("guest", Optional.empty(), ago(900));
        stored.completed("anna", anna, ago(300), "9");
        stored.completed("longAgo", Optional.empty(), ago(60 * 24 * 40), "9");
        var found = concerns.unlinkedTags(ago(60 * 24 * 30), 10);
        assertThat(found).extracting(tag -> tag.idTag().value()).containsExactly("guest", "LOST");
        assertThat(found).extracting(UnlinkedTag::charging).containsExactly(true, false);
        assertThat(found.get(1).sessions()).isEqualTo(2);
        assertThat(found.get(1).energy()).isEqualTo(Energy.ofWattHours(6500)); // 2500 + 4000
        assertThat(found.get(1).since()).isEqualTo(ago(600));
    }

    @Test
    void aClosedSessionIsReportedUntilItsClosingReadingArrives() {
        long waits = stored.open("anna", anna, ago(100));
        stored.close(waits, ago(11), "3");
        stored.set(waits, "stop_value_wh", null);
        stored.set(waits, "closing_problem", "missing");
        long unread = stored.open("anna", anna, ago(100));
        stored.close(unread, ago(12), "3");
        stored.set(unread, "next_poll_at", NOW);
        long fresh = stored.open("anna", anna, ago(100));
        stored.close(fresh, ago(9), "3");
        stored.set(fresh, "closing_problem", "missing");
        long readAgain = stored.completed("anna", anna, ago(200), "3");
        stored.set(readAgain, "next_poll_at", NOW);
        assertThat(concerns.unclosed(ago(10), 10))
                .containsExactly(
                        new SessionConcerns.Unclosed(new SessionId(unread), ago(12), Optional.empty()),
                        new SessionConcerns.Unclosed(new SessionId(waits), ago(11), Optional.of(ClosingFault.MISSING)));
        stored.event(unread, 0, ago(100), ago(12), "3", "{}", true);
        stored.set(waits, "closing_problem", null);
        stored.event(waits, 0, ago(100), ago(11), "3", "{}", true);
        assertThat(concerns.unclosed(ago(10), 10)).isEmpty();
    }

    @Test
    void aJumpIsReportedWithTheRiseOfTheRegisterUntilTheSessionEnds() {
        long id = stored.open("anna", anna, ago(100));
        stored.event(id, 0, ago(100), ago(60), "6", "{}", false);
        stored.event(id, 1, ago(60), ago(50), "900", "{implausible,meter_reset}", false);
        stored.set(id, "flags", new String[] {"implausible", "meter_reset"});
        assertThat(concerns.jumps(10))
                .containsExactly(
                        new SessionConcerns.Jump(new SessionId(id), Energy.ofKilowattHours("900.000000"), ago(50)));
        stored.close(id, ago(10), "906");
        assertThat(concerns.jumps(10)).isEmpty();
    }

    @Test
    void aSessionWithAWrongClockIsReportedIfItWasNeverSeenLive() {
        long seen = stored.open("anna", anna, ago(100));
        stored.close(seen, ago(50), "6");
        long unseen = stored.open("anna", anna, ago(90));
        stored.close(unseen, ago(40), "6");
        stored.set(unseen, "first_seen_at", ago(40));
        long right = stored.open("anna", anna, ago(90));
        stored.close(right, ago(40), "6");
        stored.set(right, "first_seen_at", ago(40));
        stored.set(seen, "flags", new String[] {"clock"});
        stored.set(unseen, "flags", new String[] {"clock"});
        assertThat(concerns.wrongClocks(ago(1000), 10))
                .containsExactly(new SessionConcerns.WrongClock(new SessionId(unseen), ago(90), ago(90), ago(40)));
        assertThat(concerns.wrongClocks(ago(30), 10)).isEmpty();
    }

    @Test
    void aVanishedTransactionIsReported() {
        long id = stored.completed("anna", anna, ago(300), "4");
        stored.set(id, "gone_from_steve_at", ago(30));
        var found = concerns.vanished(ago(100), 10);
        assertThat(found).singleElement().satisfies(vanished -> {
            assertThat(vanished.session().value()).isEqualTo(id);
            assertThat(vanished.energy().wattHours()).isEqualByComparingTo("4000");
        });
    }

    @Test
    void theEventsOfCompletedSessionsAddUpToTheirMeters() {
        stored.completed("anna", anna, ago(300), "4.25");
        stored.completed("guest", Optional.empty(), ago(300), "1.5");
        long open = stored.open("anna", anna, ago(100));
        stored.event(open, 0, ago(100), ago(50), "7", "{}", false);
        stored.completed("anna", anna, ago(60 * 24 * 31), "100");
        var statement = accounting.drawUp();
        assertThat(statement.sessions()).isEqualTo(2);
        assertThat(statement.events().wattHours()).isEqualByComparingTo("5750"); // 4250 + 1500
        assertThat(statement.meters().wattHours()).isEqualByComparingTo("5750");
        assertThat(statement.isBalanced()).isTrue();
        assertThat(statement.unowned().sessions()).isEqualTo(1);
        assertThat(statement.unowned().energy().wattHours()).isEqualByComparingTo("1500");
    }

    /** Fails if sessions that are wrong in opposite directions look balanced. */
    @Test
    void differencesThatCancelOutAreStillReported() {
        long more = stored.completed("anna", anna, ago(300), "4");
        long less = stored.completed("anna", anna, ago(200), "4");
        jdbc.sql("update synced_transaction_events set kwh_delta = 4.5 where steve_transaction_id = ?")
                .param(more)
                .update();
        jdbc.sql("update synced_transaction_events set kwh_delta = 3.5 where steve_transaction_id = ?")
                .param(less)
                .update();
        var statement = accounting.drawUp();
        assertThat(statement.difference().isZero()).isTrue(); // 4.5 + 3.5 - 4 - 4
        assertThat(statement.isBalanced()).isFalse();
        assertThat(statement.different()).containsExactly(new SessionId(more), new SessionId(less));
    }

    @Test
    void vanishedSessionsAreCountedSeparately() {
        long id = stored.completed("anna", anna, ago(300), "4");
        stored.set(id, "gone_from_steve_at", ago(30));
        var statement = accounting.drawUp();
        assertThat(statement.sessions()).isZero();
        assertThat(statement.vanished().sessions()).isEqualTo(1);
        assertThat(statement.vanished().energy().wattHours()).isEqualByComparingTo("4000");
    }

    /** 6 kWh by the meter, of which an operator refunded 2; and 4 kWh by the meter, of which 3 were measured. */
    @Test
    void decidedEnergyCountsAndItsDifferenceIsInTheStatement() {
        long decided = stored.completed("anna", anna, ago(300), "6");
        stored.set(decided, "decided_energy_wh", new BigDecimal("4000"));
        jdbc.sql("update synced_transaction_events set kwh_delta = 4 where steve_transaction_id = ?")
                .param(decided)
                .update();
        long disputed = stored.completed("anna", anna, ago(200), "4");
        stored.set(disputed, "measured_wh", new BigDecimal("3000"));
        stored.set(disputed, "dispute", "steve_larger");
        long asSteve = stored.completed("anna", anna, ago(100), "5");
        stored.set(asSteve, "decided_energy_wh", new BigDecimal("5000"));
        var statement = accounting.drawUp();
        assertThat(statement.isBalanced()).isTrue();
        assertThat(statement.events().wattHours()).isEqualByComparingTo("13000"); // 4 + 4 + 5
        assertThat(statement.meters().wattHours()).isEqualByComparingTo("13000");
        assertThat(statement.decided().sessions()).isEqualTo(1);
        assertThat(statement.decided().energy().wattHours()).isEqualByComparingTo("-2000"); // 4 - 6
        assertThat(statement.disputed().sessions()).isEqualTo(1);
        assertThat(statement.disputed().energy().wattHours()).isEqualByComparingTo("1000"); // 4 - 3
    }

    @Test
    void eventsThatDifferFromTheDecidedEnergyAreAnError() {
        long id = stored.completed("anna", anna, ago(300), "6");
        stored.set(id, "decided_energy_wh", new BigDecimal("4000"));
        assertThat(accounting.drawUp().different()).containsExactly(new SessionId(id));
    }

    @Test
    void aDecidedVanishedSessionIsCompared() {
        long id = stored.completed("anna", anna, ago(300), "4");
        stored.set(id, "gone_from_steve_at", ago(30));
        stored.set(id, "decided_energy_wh", new BigDecimal("4000"));
        var statement = accounting.drawUp();
        assertThat(statement.sessions()).isEqualTo(1);
        assertThat(statement.vanished().sessions()).isZero();
        assertThat(statement.isBalanced()).isTrue();
    }
}
