package express.polaris.web.views;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.attention.AttentionKind;
import express.polaris.attention.Finding;
import express.polaris.attention.Finding.Person;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.StuckCause;
import express.polaris.stations.cards.IdTag;
import express.polaris.sync.SyncFault;
import express.polaris.sync.SyncReason;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionAddressesTest {

    private static final SyncFault FAULT = new SyncFault(SyncReason.DISCOVERY_FAILED.with(), Optional.empty());

    private static final SessionId SESSION = new SessionId(7);
    private static final Person ADA = new Person(new AccountId(3), "Ada");

    @Test
    void aSessionIsMendedOnItsPageAndADisputeBesideIt() {
        assertThat(AttentionAddresses.of(new Finding.StuckSession(SESSION, "Garage", StuckCause.SILENT)))
                .isEqualTo("/operator/transactions/7");
        assertThat(AttentionAddresses.of(new Finding.WrongClock(SESSION, Instant.EPOCH, Instant.EPOCH)))
                .isEqualTo("/operator/transactions/7");
        assertThat(AttentionAddresses.of(new Finding.DisputedEnergy(SESSION, true, Energy.ZERO, Optional.empty())))
                .isEqualTo("/operator/transactions/7/energy");
    }

    @Test
    void aTagIsLinkedWhateverItsCharacters() {
        assertThat(AttentionAddresses.of(new Finding.UnlinkedTag(new IdTag("A&B 1"), 1, Energy.ZERO, false)))
                .isEqualTo("/operator/cards/link?idTag=A%26B+1");
    }

    @Test
    void energyWithoutAPriceLeadsToTheSubscriptionsThatLackOrToThePlans() {
        assertThat(AttentionAddresses.of(new Finding.NoSubscription(ADA, 1, Energy.ZERO)))
                .isEqualTo("/operator/drivers/3/subscriptions");
        assertThat(AttentionAddresses.of(new Finding.NoPlan(1, Energy.ZERO))).isEqualTo("/operator/plans");
        assertThat(AttentionAddresses.of(new Finding.UnsupportedPlan("a/b", "A", 1, List.of("x"), 1)))
                .isEqualTo("/operator/plans/~YS9i");
    }

    @Test
    void anErrorOfSyncLeadsToItsRun() {
        assertThat(AttentionAddresses.of(new Finding.SyncError(Optional.empty(), FAULT, 12)))
                .isEqualTo("/operator/sync/12");
        assertThat(AttentionAddresses.of(new Finding.SyncPaused(FAULT))).isEqualTo("/operator/sync");
    }

    @ParameterizedTest
    @EnumSource
    void theRestOfAKindIsInAListOfTheConsole(AttentionKind kind) {
        assertThat(AttentionAddresses.of(new Finding.More(kind))).startsWith("/operator/");
    }
}
