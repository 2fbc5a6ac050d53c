package express.polaris.sync;

import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.invoicing.FinalInvoices;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.refusals.Conflict;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionReason;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.events.EnergyDecision;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.sessions.ownership.OwnerCorrections;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.steve.SteveTransaction;
import express.polaris.steve.SteveTransactionList;
import express.polaris.units.Energy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Changes that collide in the middle of their transactions. Each pair would deadlock if its locks were not taken
 * in the order that docs/architecture.md defines.
 */
class LockOrderTest {

    private final LockFixture fixture = new LockFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anInvoiceAndTheImportOfAnEventThatItSealsTakeTurns() throws Exception {
        var driver = fixture.driver();
        fixture.subscribe(driver);
        var first = fixture.ended(driver, 3_000);
        var second = fixture.ended(driver, 3_000);
        fixture.everythingIsRead();
        fixture.meet(
                () -> fixture.hold("synced_transaction_events", "steve_transaction_id", second.value()),
                this::invoice,
                () -> fixture.apply(LockFixture.stopped(first, 5_000)));
        // 2 kWh of each session were invoiced; the 2 kWh that arrived late are a separate event.
        assertThat(events(first)).isEqualTo(2);
    }

    @Test
    void anInvoiceAndADecisionAboutTheEnergyThatItSealsTakeTurns() throws Exception {
        var driver = fixture.driver();
        fixture.subscribe(driver);
        var first = fixture.ended(driver, 3_000);
        var second = fixture.ended(driver, 3_000);
        fixture.everythingIsRead();
        fixture.meet(
                () -> fixture.hold("synced_transaction_events", "steve_transaction_id", second.value()),
                this::invoice,
                () -> fixture.bean(EnergyDecisionService.class)
                        .decide(
                                driver,
                                first,
                                EnergyDecision.Use.VALUE,
                                Optional.of(Energy.ofKilowattHours("1")),
                                "Meter"));
        assertThat(events(first)).isEqualTo(2);
    }

    @Test
    void anInvoiceAndACorrectedOwnerTakeTurns() throws Exception {
        var driver = fixture.driver();
        var other = fixture.driver();
        fixture.subscribe(driver);
        var first = fixture.ended(driver, 3_000);
        var second = fixture.ended(driver, 3_000);
        fixture.everythingIsRead();
        var refusals = new ArrayList<Conflict>();
        fixture.meet(
                () -> fixture.hold("synced_transaction_events", "steve_transaction_id", second.value()),
                this::invoice,
                () -> refusals.add(catchThrowableOfType(
                        Conflict.class,
                        () -> fixture.bean(OwnerCorrections.class).correct(driver, first, other, "Wrong"))));
        assertThat(refusals).extracting(refusal -> refusal.wording().reason()).containsExactly(SessionReason.INVOICED);
    }

    @Test
    void theImportOfAnotherStartAndTheLinkOfItsCardTakeTurns() throws Exception {
        var driver = fixture.driver();
        var session = fixture.begun();
        fixture.jdbc
                .sql("update transaction_sync_state set started_at = started_at - interval '1 minute'")
                .update();
        fixture.meet(
                () -> fixture.hold("accounts", "id", driver.value()),
                () -> fixture.link(driver, LockFixture.OCTOBER),
                () -> fixture.apply(LockFixture.stopped(session, 3_000)));
        assertThat(owner(session)).contains(driver);
    }

    @Test
    void aPlanThatEndsAndTheInvoiceThatIsDueTakeTurns() throws Exception {
        var driver = fixture.driver();
        var subscription = fixture.subscribe(driver);
        fixture.ended(driver, 3_000);
        fixture.everythingIsRead();
        fixture.runInto(
                () -> fixture.hold("subscriptions", "id", subscription.value()),
                () -> fixture.bean(InvoicingJob.class).run(Optional.empty()),
                () -> fixture.bean(SubscriptionService.class).terminate(subscription, NOON.toString()));
        assertThat(invoices() + fixture.bean(InvoicingJob.class).run(Optional.empty()))
                .isEqualTo(1);
    }

    @Test
    void theEndOfAnAccountAndTheImportOfItsChargeTakeTurns() throws Exception {
        var driver = fixture.driver();
        var card = fixture.link(driver, LockFixture.OCTOBER);
        var session = fixture.nextId();
        fixture.runInto(
                () -> fixture.bean(AccountService.class).forget(Optional.empty(), driver),
                () -> fixture.sessions.discover(List.of(LockFixture.open(session)), NOON),
                () -> fixture.bean(CardLinkService.class).unlink(card, Optional.empty()));
        assertThat(owner(session)).contains(driver);
    }

    @Test
    void theEndOfAnAccountAndItsInvoiceTakeTurns() throws Exception {
        var driver = fixture.driver();
        fixture.subscribe(driver);
        fixture.ended(driver, 3_000);
        fixture.everythingIsRead();
        var before = fixture.bean(AccountService.class).find(driver).orElseThrow();
        fixture.runInto(
                () -> fixture.bean(AccountService.class).forget(Optional.empty(), driver),
                this::invoice,
                () -> fixture.bean(FinalInvoices.class).leave(before));
    }

    @Test
    void aPriceThatIsKeptAndTheImportThatChangesItTakeTurns() throws Exception {
        var driver = fixture.driver();
        fixture.subscribe(driver);
        var session = fixture.ended(driver, 3_000);
        var seen = fixture.bean(SessionService.class).find(session).orElseThrow();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.runInto(
                () -> fixture.sessions.discover(List.of(LockFixture.stopped(session, 5_000)), fixture.clock.instant()),
                () -> fixture.bean(SessionCostService.class).of(seen),
                () -> fixture.apply(LockFixture.stopped(session, 5_000)));
    }

    @Test
    void aListThatEndsAConflictAndAReadOfTheSameSessionTakeTurns() throws Exception {
        var session = fixture.begun();
        var reads = fixture.bean(SyncReads.class);
        reads.conflict(session, SyncFault.of(SyncReason.DISCOVERY_FAILED.with()));
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.runInto(
                () -> fixture.apply(LockFixture.open(session)),
                () -> {
                    var row = new SteveTransaction(
                            session.value(), "CP1", 1, LockFixture.TAG, LockFixture.START, "1000", Optional.empty());
                    fixture.bean(ListIntake.class)
                            .take(
                                    new SteveTransactionList(List.of(row), List.of()),
                                    ListIntake.Asked.at(fixture.clock.instant()));
                    return true;
                },
                () -> reads.succeeded(session, true));
        assertThat(fixture.bean(SessionService.class).hasReusedId(session)).isFalse();
    }

    @Test
    void cardsThatTwoDriversGiveEachOtherTakeTurns() throws Exception {
        var one = fixture.driver();
        var other = fixture.driver();
        var theirs = fixture.link(new IdTag("A"), one, LockFixture.OCTOBER);
        var others = fixture.link(new IdTag("B"), other, LockFixture.OCTOBER);
        fixture.meetCrosswise(
                () -> fixture.hold("driver_versions", "driver_id", other.value()),
                () -> fixture.hold("driver_versions", "driver_id", one.value()),
                () -> transfer(theirs, other),
                () -> transfer(others, one));
    }

    @Test
    void operatorsWhoMakeEachOtherDriversTakeTurnsAndOneIsLeft() throws Exception {
        var third = fixture.operator();
        var one = fixture.operator();
        var other = fixture.operator();
        fixture.jdbc
                .sql("update accounts set disabled_at = now() where role = 'OPERATOR' and id < ?")
                .param(third.value())
                .update();
        fixture.meet(
                () -> fixture.hold("accounts", "id", third.value()),
                () -> fixture.bean(AccountService.class).changeRole(Optional.empty(), one, Role.DRIVER),
                () -> fixture.bean(AccountService.class).changeRole(Optional.empty(), other, Role.DRIVER));
        assertThat(fixture.bean(AccountService.class).find(third))
                .hasValueSatisfying(left -> assertThat(left.isOperator()).isTrue());
    }

    @Test
    void trustInAChargerAndTheCorrectionOfTwoOwnersTakeTurns() throws Exception {
        var early = fixture.driver();
        var late = fixture.driver();
        var first = fixture.ended(late, 3_000);
        var second = fixture.ended(early, 3_000);
        for (var session : List.of(first, second)) {
            fixture.jdbc
                    .sql("update transaction_sync_state set dispute = 'steve_smaller' where steve_transaction_id = ?")
                    .param(session.value())
                    .update();
        }
        var third = fixture.ended(early, 3_000);
        fixture.meetCrosswise(
                () -> fixture.hold("billing_versions", "driver_id", early.value()),
                () -> fixture.hold("billing_versions", "driver_id", late.value()),
                () -> {
                    fixture.bean(EnergyDecisionService.class).trust(early, new ChargeBoxId("CP1"), "Calibrated");
                    return true;
                },
                () -> {
                    fixture.bean(OwnerCorrections.class).correct(early, third, late, "Wrong");
                    return true;
                });
    }

    private int invoice() {
        int written = fixture.bean(InvoicingJob.class).run(Optional.empty());
        assertThat(written).isEqualTo(1);
        return written;
    }

    private int invoices() {
        return fixture.jdbc
                .sql("select count(*)::int from invoices")
                .query(Integer.class)
                .single();
    }

    private int events(SessionId session) {
        return fixture.jdbc
                .sql("select count(*)::int from synced_transaction_events where steve_transaction_id = ?")
                .param(session.value())
                .query(Integer.class)
                .single();
    }

    private Optional<AccountId> owner(SessionId session) {
        return fixture.bean(SessionService.class).find(session).orElseThrow().driver();
    }

    private boolean transfer(EvCardId card, AccountId driver) {
        fixture.bean(CardLinkService.class).transfer(card, driver, Optional.empty());
        return true;
    }
}
