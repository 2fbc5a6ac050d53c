package express.polaris.console.transactions;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.OperatorNotes;
import express.polaris.demo.simulator.ChargeBoxBehaviour;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.SessionTrait;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The operator's transaction pages over HTTP. */
@ApplicationTest
class TransactionControllerTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pattern ROW = Pattern.compile("data-key=\"(\\d+)\"");
    private static final Pattern TAGS = Pattern.compile("<[^>]+>");

    private final Portal portal;
    private final Charging charging;
    private final SimulatedSteve steve;
    private final SessionService sessions;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final OperatorNotes notes;
    private final Account operator;
    private final Browser browser;
    private final String tag = UUID.randomUUID().toString();
    private final String box = "CB-" + tag;

    TransactionControllerTest(
            Portal portal,
            Charging charging,
            SimulatedSteve steve,
            SessionService sessions,
            MutableClock clock,
            JdbcClient jdbc,
            AuditLog audit,
            OperatorNotes notes) {
        this.portal = portal;
        this.charging = charging;
        this.steve = steve;
        this.sessions = sessions;
        this.clock = clock;
        this.jdbc = jdbc;
        this.audit = audit;
        this.notes = notes;
        this.operator = portal.operator();
        this.browser = portal.signedIn(operator);
    }

    private Instant ago(Duration time) {
        return charging.now().minus(time);
    }

    /** Register readings in Wh, a quarter of an hour apart. */
    private long charging(Instant startedAt, long... registers) {
        long id = steve.world().startTransaction(box, 1, tag, startedAt, 1000);
        for (int i = 0; i < registers.length; i++) {
            steve.world().addMeterValue(id, energy(startedAt.plusSeconds(900L * (i + 1)), registers[i]));
        }
        return known(id);
    }

    private long ended(Instant startedAt, Instant stoppedAt, long stopValue) {
        long id = steve.world().startTransaction(box, 1, tag, startedAt, 1000);
        steve.world().stopTransaction(id, stoppedAt, stopValue, Optional.of("EVDisconnected"), StopActor.STATION);
        return known(id);
    }

    private long known(long id) {
        charging.until(id, session -> session.lastReadAt().isPresent());
        return id;
    }

    private String page(String path) {
        var answer = browser.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private List<Long> listed(String query) {
        return ROW.matcher(page("/operator/transactions?" + query))
                .results()
                .map(row -> Long.parseLong(row.group(1)))
                .toList();
    }

    private String mine() {
        return "idTag=" + tag.toUpperCase(Locale.ROOT) + "&";
    }

    private static String words(String html) {
        return TAGS.matcher(html).replaceAll(" ").replaceAll("\\s+", " ");
    }

    private String words(long id) {
        return words(page("/operator/transactions/" + id));
    }

    private HttpResponse<String> send(long id, String what, Map<String, String> form) {
        return browser.post("/operator/transactions/" + id + "/" + what, form);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("location").orElseThrow();
    }

    private AuditLog.Entry lastEntry() {
        return audit.page(Optional.empty(), 1).getFirst();
    }

    @Test
    void everySearchCriterionNarrowsTheResult() {
        long open = charging(ago(HOUR.multipliedBy(4)), 2000); // last reading 3 h 45 min ago: stuck
        long done = ended(ago(HOUR.multipliedBy(9)), ago(HOUR.multipliedBy(8)), 3000);
        assertThat(listed(mine())).containsExactly(open, done);
        assertThat(listed(mine() + "status=in_progress")).containsExactly(open);
        assertThat(listed(mine() + "status=completed")).containsExactly(done);
        assertThat(listed(mine() + "stuck=true")).containsExactly(open);
        assertThat(listed(mine() + "linked=false")).containsExactly(open, done);
        assertThat(listed(mine() + "linked=true")).isEmpty();
        assertThat(listed("id=" + done)).containsExactly(done);
        assertThat(listed("id=%23" + done)).containsExactly(done);
        assertThat(listed("id=nonsense")).isEmpty();
        assertThat(listed("chargeBoxId=" + box.toLowerCase(Locale.ROOT))).containsExactly(open, done);
        assertThat(page("/operator/transactions?" + mine())).contains("Not linked", tag, box);
        assertThat(page("/operator/transactions?" + mine() + "stuck=true")).contains("Stuck");
    }

    @Test
    void everyFlagFindsOnlyItsTransactions() {
        long plain = ended(ago(HOUR.multipliedBy(9)), ago(HOUR.multipliedBy(8)), 3000);
        for (var trait : SessionTrait.values()) {
            long id = ended(ago(HOUR), ago(Duration.ofMinutes(30)), 3000);
            mark(id, trait);
            assertThat(listed(mine() + "flag=" + trait.wireName()))
                    .as(trait.wireName())
                    .contains(id)
                    .doesNotContain(plain);
        }
        assertThat(listed(mine() + "flag=no_such_flag")).hasSize(1 + SessionTrait.values().length);
    }

    private void mark(long id, SessionTrait trait) {
        var change = switch (trait) {
            case AWAITING_FINAL_READING -> "delete from synced_transaction_events where steve_transaction_id = ?";
            case FLAGGED, CLOCK -> "update transaction_sync_state set flags = '{clock}' where steve_transaction_id = ?";
            case METER_RESET, OUTLIER, IMPLAUSIBLE, RESET_CORRECTION, CORRECTION ->
                "update transaction_sync_state set flags = '{" + trait.wireName() + "}' where steve_transaction_id = ?";
            case DISPUTED ->
                "update transaction_sync_state set dispute = 'steve_larger' where steve_transaction_id = ?";
            case DECIDED -> "update transaction_sync_state set decided_energy_wh = 1 where steve_transaction_id = ?";
            case VANISHED ->
                "update transaction_sync_state set gone_from_steve_at = now() where steve_transaction_id = ?";
            case REUSED_ID -> "update sync_reads set conflict = 'another' where steve_transaction_id = ?";
        };
        assertThat(jdbc.sql(change).param(id).update()).isPositive();
    }

    @Test
    void aDriverIsFoundByIdNameOrAddressAndSeveralMatchesAreOffered() {
        var ada = portal.driver();
        var other = portal.driver();
        long id = charging.completed(ada, ago(HOUR.multipliedBy(3)));
        assertThat(listed("driver=" + ada.id())).containsExactly(id);
        assertThat(listed("driver=" + ada.email())).containsExactly(id);
        assertThat(listed("driver=" + other.id())).isEmpty();
        assertThat(listed("driver=nobody-is-called-so")).isEmpty();
        jdbc.sql("update accounts set name = ? where id in (?, ?)")
                .params("Twin " + tag, ada.id().value(), other.id().value())
                .update();
        var offered = page("/operator/transactions?driver=Twin+" + tag);
        assertThat(offered)
                .contains("do you mean?", "driver=" + ada.id(), "driver=" + other.id())
                .doesNotContain("data-key");
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
        assertThat(listed(mine() + "from=" + day + "&to=" + day)).containsExactly(last, first);
        assertThat(listed(mine() + "to=" + day)).containsExactly(last, first, before);
    }

    @Test
    void theNextPageContinuesWhereThePreviousOneEnded() {
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   started_at, steve_started_at, first_seen_at, start_value_wh, is_finalized, finalized_at,
                   gone_from_steve_at, updated_at)
            select 500000000 + n, 'MANY', 1, :tag, :start::timestamptz + n * interval '1 second', now(), now(), 0, true,
                   now(), now(), now()
              from generate_series(1, 60) n
            """)
                .param("tag", tag)
                .param("start", ago(Duration.ofDays(400)).toString())
                .update();
        var first = listed(mine());
        assertThat(first).hasSize(50).startsWith(500000060L);
        var next = Pattern.compile("hx-get=\"([^\"]+)\"")
                .matcher(page("/operator/transactions?" + mine()))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replace("&amp;", "&");
        assertThat(next).contains("idTag=");
        assertThat(listed(next.substring(next.indexOf('?') + 1))).hasSize(10).endsWith(500000001L);
    }

    @Test
    void unknownAndMalformedIdsAreNotFound() {
        for (var path : List.of(
                "/operator/transactions/999999999",
                "/operator/transactions/abc",
                "/operator/transactions/0",
                "/operator/transactions/999999999/force-close",
                "/operator/transactions/-1/force-close",
                "/operator/sync/999999999",
                "/operator/sync/abc")) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void thePageExplainsTheStatus() {
        long open = charging(ago(HOUR), 2000);
        assertThat(words(open))
                .contains("Live: the transaction is open in SteVe.", "Not final: no final reading yet", "In progress");
        event(open, true);
        assertThat(words(open)).contains("Live: the transaction is open", "Final: the event at", "In progress");
        long done = ended(ago(HOUR), ago(Duration.ofMinutes(10)), 3000);
        assertThat(words(done)).contains("Not live: SteVe says it stopped at", "Final: the event at", "Completed");
        event(done, false);
        assertThat(words(done)).contains("Not live: SteVe says it stopped at", "Not final: no final", "In progress");
        jdbc.sql("update accounts set locale = 'de' where id = ?")
                .param(operator.id().value())
                .update();
        assertThat(words(open)).contains("Live: Die Transaktion ist in SteVe offen.", "Final: Das Ereignis um");
        assertThat(words(done)).contains("Nicht live: Laut SteVe", "Nicht final: Noch kein Endstand");
    }

    private void event(long id, boolean isFinal) {
        jdbc.sql("update synced_transaction_events set is_final = ? where steve_transaction_id = ?")
                .params(isFinal, id)
                .update();
    }

    @Test
    void eachMeterValueIsShownWithItsOutcome() {
        var start = ago(HOUR);
        long id = steve.world().startTransaction(box, 1, tag, start, 1000);
        steve.world().addMeterValue(id, energy(start.minusSeconds(60), 900));
        steve.world().addMeterValue(id, energy(start.plusSeconds(900), 3250));
        known(id);
        var text = words(id);
        assertThat(text)
                .contains("3250 Wh", "Event 0", "+2.250 kWh", "energy step") // 3250 - 1000
                .contains("900 Wh", "No event", "before the start of the transaction")
                .contains("First seen", "Last read", "The session has no owner");
        jdbc.sql("delete from steve_answers where steve_transaction_id = ?")
                .param(id)
                .update();
        assertThat(words(id)).contains("No answer from SteVe is stored");
    }

    @Test
    void thePageShowsDriversNotesAndOperatorsActions() {
        var driver = portal.driver();
        long id = charging.completed(driver, ago(HOUR.multipliedBy(3)));
        notes.aboutSession(driver.id(), id, "It stopped <b>too early</b>");
        var right = portal.driver();
        var moved = send(id, "owner", Map.of("driver", right.email(), "reason", "Borrowed card"));
        assertThat(location(moved)).endsWith("/" + id + "?done=owner");
        assertThat(sessions.find(new SessionId(id), right.id())).isPresent();
        assertThat(lastEntry().action()).isEqualTo("session.owner");
        var html = page("/operator/transactions/" + id + "?done=owner");
        assertThat(html).contains("&lt;b&gt;too early", "Borrowed card", "/operator/drivers/" + right.id());
        assertThat(words(html)).contains("Owner corrected", "The session now belongs to its driver.");
    }

    @Test
    void aRefusedCorrectionShowsTheReasonAndKeepsTheInput() {
        var owner = portal.driver();
        long id = charging.completed(owner, ago(HOUR.multipliedBy(3)));
        long entry = lastEntry().id();
        var empty = send(id, "owner", Map.of("driver", "nobody-is-called-so", "reason", " "));
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("No such driver", "Enter a reason", "nobody-is-called-so");
        jdbc.sql("update synced_transaction_events set sealed_at = now() where steve_transaction_id = ?")
                .param(id)
                .update();
        var invoiced =
                send(id, "owner", Map.of("driver", portal.driver().id().toString(), "reason", "A mistake of mine"));
        assertThat(invoiced.statusCode()).isEqualTo(422);
        assertThat(invoiced.body()).contains("Events of this session are on an invoice", "A mistake of mine");
        assertThat(sessions.find(new SessionId(id), owner.id())).isPresent();
        assertThat(lastEntry().id()).isEqualTo(entry);
    }

    @Test
    void aJumpOfTheRegisterIsConfirmedOnThePage() {
        var start = ago(HOUR);
        long id = steve.world().startTransaction(box, 1, tag, start, 1000);
        steve.world().addMeterValue(id, energy(start.plusSeconds(600), 2000));
        for (int minute = 0; minute < 4; minute++) { // 1000 kWh higher
            steve.world().addMeterValue(id, energy(start.plusSeconds(700 + 60L * minute), 1_002_000 + 500L * minute));
        }
        known(id);
        assertThat(words(id)).contains("The register jumped", "Confirm the jump");
        assertThat(send(id, "confirm-energy", Map.of()).statusCode()).isEqualTo(422);
        assertThat(location(send(id, "confirm-energy", Map.of("reason", "The meter is right"))))
                .endsWith("?done=energy");
        assertThat(lastEntry().action()).isEqualTo("session.confirm-energy");
        charging.until(id, session -> !session.hasJump());
        assertThat(words(id)).doesNotContain("Confirm the jump");
        assertThat(location(send(id, "confirm-energy", Map.of("reason", "Again"))))
                .endsWith("?done=no-energy");
    }

    @Test
    void aForceCloseIsPreviewedAndReportsItsResult() {
        long id = charging(ago(HOUR), 2000, 3500);
        steve.world().chargeBox(box).behaviour(ChargeBoxBehaviour.OFFLINE);
        var preview = words(page("/operator/transactions/" + id + "/force-close"));
        assertThat(preview)
                .contains("3.500 − 1.000 = 2.500 kWh", "replaces this one")
                .doesNotContain("Yes, record");
        var refused = send(id, "force-close", Map.of());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Enter a reason");
        var closed = location(send(id, "force-close", Map.of("reason", "Nobody stops it")));
        assertThat(closed).endsWith("?done=closed-steve-unreachable");
        assertThat(words(page(closed)))
                .contains("The charger is offline, so SteVe closed", "Force close", "Nobody stops it");
        var session = sessions.find(new SessionId(id)).orElseThrow();
        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(session.energy().wattHours()).isEqualByComparingTo("2500"); // 3500 - 1000
        assertThat(lastEntry().action()).isEqualTo("session.force-close");
        assertThat(location(browser.get("/operator/transactions/" + id + "/force-close")))
                .endsWith("?done=not-active");
        assertThat(location(send(id, "force-close", Map.of("reason", "Again")))).endsWith("?done=not-active");
    }

    @Test
    void aForceCloseWithoutEnergyRequiresConfirmation() {
        long id = charging(ago(HOUR));
        long entry = lastEntry().id();
        assertThat(words(page("/operator/transactions/" + id + "/force-close")))
                .contains("Yes, record 0.000 kWh", "There is no reading");
        var refused = send(id, "force-close", Map.of("reason", "Stuck for days"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("There is no energy to record", "Stuck for days");
        assertThat(lastEntry().id()).isEqualTo(entry);
        assertThat(steve.world().transaction(id).orElseThrow().isActive()).isTrue();
        var closed = send(id, "force-close", Map.of("reason", "Stuck for days", "confirmZero", "true"));
        assertThat(location(closed)).contains("?done=closed-");
        assertThat(steve.world().transaction(id).orElseThrow().isActive()).isFalse();
    }
}
