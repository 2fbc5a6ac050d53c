package express.polaris.steve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import express.polaris.metering.SampledValue;
import express.polaris.steve.OperationOutcome.Accepted;
import express.polaris.steve.OperationOutcome.NoAnswer;
import express.polaris.steve.OperationOutcome.NotActive;
import express.polaris.steve.OperationOutcome.Refused;
import express.polaris.steve.OperationOutcome.Rejected;
import express.polaris.steve.OperationOutcome.Unreachable;
import express.polaris.steve.SteveUnavailable.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract of a SteVe: recorded, simulated or real. A subclass starts one before each test and names its data. */
public abstract class SteveContract {

    /** A start: charge box, connector if any, and tag. */
    public record Start(String chargeBoxId, Optional<Integer> connectorId, String idTag) {}

    /** A stop: charge box and transaction. */
    public record Stop(String chargeBoxId, long transactionId) {}

    /** Address and valid credentials of a SteVe that has everything named below. */
    protected abstract SteveSettings settings();

    /** A transaction without a stop that started within 90 days. */
    protected abstract long activeTransaction();

    /** A transaction with a stop and with meter values, some of which are not energy. */
    protected abstract long finishedTransaction();

    /** A transaction other than those two, in any state. */
    protected abstract long anotherTransaction();

    protected abstract long unknownTransaction();

    /** A tag that has a parent, an expiry, a note and a count above 0. */
    protected abstract String tagWithEverything();

    protected abstract String blockedTag();

    /** A start that the station accepts. */
    protected abstract Start acceptedStart();

    /** A start that the station declines with {@code Rejected}. */
    protected abstract Start rejectedStart();

    /** A start at a station that is connected but does not answer. */
    protected abstract Start unansweredStart();

    /** A start at an offline station. */
    protected abstract Start offlineStart();

    /** A start at a station that SteVe does not know. */
    protected abstract Start unknownStationStart();

    /** A start with {@link #blockedTag()}. */
    protected abstract Start blockedTagStart();

    /** A start with a tag that SteVe does not know. */
    protected abstract Start unknownTagStart();

    /** A stop of an active transaction that the station accepts. */
    protected abstract Stop acceptedStop();

    /** A stop of a transaction that is not active at that connected station. */
    protected abstract Stop inactiveStop();

    /** A stop of an active transaction at an offline station. */
    protected abstract Stop offlineStop();

    private SteveClient client;
    private SteveOperations operations;

    @BeforeEach
    void connect() {
        client = new SteveClient(settings());
        operations = new SteveOperations(client);
    }

    @Test
    void activeTransactionsHaveNoStop() {
        SteveTransactionList active = client.transactions(TransactionFilter.active());

        assertThat(active.unreadable()).isEmpty();
        assertThat(active.transactions()).extracting(SteveTransaction::id).contains(activeTransaction());
        assertThat(active.transactions())
                .allSatisfy(transaction -> assertThat(transaction.stop()).isEmpty());
    }

    @Test
    void allTransactionsAreListedNewestIdFirst() {
        SteveTransactionList all = client.transactions(TransactionFilter.all());

        assertThat(all.transactions())
                .extracting(SteveTransaction::id)
                .contains(activeTransaction(), finishedTransaction())
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void listingByIdsReturnsActiveAndStoppedTransactions() {
        List<Long> asked = List.of(activeTransaction(), finishedTransaction(), anotherTransaction());

        SteveTransactionList found = client.transactions(TransactionFilter.byIds(asked));

        assertThat(found.transactions()).extracting(SteveTransaction::id).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void listingNoIdsReturnsAnEmptyListWithoutACall() {
        assertThat(client.transactions(TransactionFilter.byIds(List.of())).transactions())
                .isEmpty();
        assertThat(client.callsMade()).isZero();
    }

    @Test
    void aWindowIncludesTheInstantsAtBothEnds() {
        Instant start = finished(false).transaction().startTimestamp();

        assertThat(client.transactions(TransactionFilter.startedBetween(start, start.plusMillis(1)))
                        .transactions())
                .extracting(SteveTransaction::id)
                .contains(finishedTransaction());
        assertThat(client.transactions(TransactionFilter.startedBetween(start.truncatedTo(ChronoUnit.SECONDS), start))
                        .transactions())
                .extracting(SteveTransaction::id)
                .contains(finishedTransaction());
    }

    @Test
    void aWindowWithoutAStartIsEmpty() {
        TransactionFilter years = TransactionFilter.startedBetween(
                Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2020-01-02T00:00:00Z"));

        assertThat(client.transactions(years).transactions()).isEmpty();
    }

    @Test
    void theLast90DaysIncludeActiveTransactions() {
        assertThat(client.transactions(TransactionFilter.last90Days()).transactions())
                .extracting(SteveTransaction::id)
                .contains(activeTransaction());
    }

    @Test
    void detailsHaveTheTransactionOfTheListAndValuesInOrderOfTime() {
        SteveTransactionDetails details = finished(false);

        assertThat(details.transaction().stop()).isPresent();
        assertThat(details.unreadable()).isEmpty();
        assertThat(details.values()).isNotEmpty().isSortedAccordingTo(Comparator.comparing(SampledValue::timestamp));
        assertThat(client.transactions(TransactionFilter.all()).transactions()).contains(details.transaction());
    }

    @Test
    void energyOnlyReturnsExactlyTheValuesInWhAndKWh() {
        List<SampledValue> energy = finished(true).values();
        List<SampledValue> every = finished(false).values();

        assertThat(every).containsAll(energy).hasSizeGreaterThan(energy.size());
        assertThat(energy)
                .isNotEmpty()
                .allSatisfy(value -> assertThat(value.unit().orElse("Wh")).isIn("Wh", "kWh"));
    }

    @Test
    void detailsOfAnActiveTransactionHaveNoStop() {
        assertThat(client.transaction(activeTransaction(), true, SteveValues.NONE)
                        .orElseThrow())
                .satisfies(transaction -> assertThat(transaction.stop()).isEmpty());
    }

    @Test
    void anUnknownTransactionIsEmpty() {
        assertThat(client.transaction(unknownTransaction(), false, SteveValues.NONE))
                .isEmpty();
    }

    @Test
    void stoppingAnUnknownTransactionNamesItsId() {
        assertThatExceptionOfType(SteveTransactionNotFound.class)
                .isThrownBy(() -> client.stopTransaction(unknownTransaction()))
                .satisfies(e -> assertThat(e.id()).isEqualTo(unknownTransaction()));
    }

    @Test
    void aSecondStopIsNoError() {
        client.stopTransaction(offlineStop().transactionId());
        client.stopTransaction(offlineStop().transactionId());

        assertThat(client.callsMade()).isEqualTo(2);
    }

    @Test
    void tagsIncludeBlockedOnes() {
        assertThat(client.tags()).anySatisfy(tag -> {
            assertThat(tag.idTag()).isEqualTo(blockedTag());
            assertThat(tag.blocked()).isTrue();
        });
    }

    @Test
    void aTagIsFoundInAnyCase() {
        String idTag = acceptedStart().idTag();

        assertThat(client.tag(idTag.toLowerCase(Locale.ROOT)).orElseThrow().idTag())
                .isEqualTo(idTag);
    }

    @Test
    void unblockingATagKeepsItsOtherFields() {
        SteveOcppTag before = tagNamed(tagWithEverything());
        assertThat(before.parentIdTag()).isPresent();
        assertThat(before.expiryDate()).isPresent();
        assertThat(before.note()).isPresent();

        client.unblock(before, before.maxActiveTransactionCount());

        assertThat(tagNamed(tagWithEverything())).isEqualTo(before);
    }

    @Test
    void aStartThatTheStationAcceptsIsAccepted() {
        assertThat(start(acceptedStart())).isEqualTo(new Accepted());
    }

    @Test
    void aStartThatTheStationRejectsCarriesItsAnswer() {
        assertThat(start(rejectedStart())).isEqualTo(new Rejected("Rejected"));
    }

    @Test
    void aStationThatDoesNotAnswerGivesNoAnswer() {
        assertThat(start(unansweredStart())).isEqualTo(new NoAnswer());
    }

    @Test
    void aStationThatIsOfflineOrUnknownIsUnreachable() {
        assertThat(start(offlineStart())).isEqualTo(new Unreachable());
        assertThat(start(unknownStationStart())).isEqualTo(new Unreachable());
        assertThat(stop(offlineStop())).isEqualTo(new Unreachable());
    }

    @Test
    void aStartWithABlockedOrUnknownTagIsRefusedWithSteVesMessage() {
        Refused refused = new Refused(SteveJson.shortened(
                "Requested OCPP Tag is not eligible for this operation. Ensure that the OCPP Tag is registered"
                        + " and active."));

        assertThat(start(blockedTagStart())).isEqualTo(refused);
        assertThat(start(unknownTagStart())).isEqualTo(refused);
    }

    @Test
    void aStopThatTheStationAcceptsIsAccepted() {
        assertThat(stop(acceptedStop())).isEqualTo(new Accepted());
    }

    @Test
    void aStopOfATransactionNotActiveAtTheStationIsNotActive() {
        assertThat(stop(inactiveStop())).isEqualTo(new NotActive());
        assertThat(stop(new Stop(acceptedStop().chargeBoxId(), unknownTransaction())))
                .isEqualTo(new NotActive());
    }

    @Test
    void everyCallWithAWrongPasswordIsNotAuthorised() {
        SteveClient stranger = new SteveClient(
                SteveSettings.of(settings().baseUrl(), settings().username(), "wrong"));
        SteveOperations strangers = new SteveOperations(stranger);

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> stranger.transactions(TransactionFilter.active()),
                () -> stranger.transaction(finishedTransaction(), true, SteveValues.NONE),
                () -> stranger.stopTransaction(activeTransaction()),
                () -> strangers.remoteStop(
                        offlineStop().chargeBoxId(), offlineStop().transactionId()))) {
            assertThatExceptionOfType(SteveUnavailable.class)
                    .isThrownBy(call)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_AUTHORISED));
        }
        assertThat(new SteveProbe(stranger).probe()).isInstanceOf(SteveCapabilities.NotAuthorised.class);
    }

    @Test
    void theProbeFindsEverythingWithoutChangingAnything() {
        SteveTransactionList before = client.transactions(TransactionFilter.all());

        assertThat(new SteveProbe(client).probe()).isEqualTo(new SteveCapabilities.Complete());

        assertThat(client.transactions(TransactionFilter.all())).isEqualTo(before);
    }

    private SteveTransactionDetails finished(boolean energyValuesOnly) {
        return SteveTransactionDetails.of(client, finishedTransaction(), energyValuesOnly)
                .orElseThrow();
    }

    private SteveOcppTag tagNamed(String idTag) {
        return client.tags().stream()
                .filter(tag -> tag.idTag().equals(idTag))
                .findFirst()
                .orElseThrow();
    }

    private OperationOutcome start(Start start) {
        return operations.remoteStart(start.chargeBoxId(), start.connectorId(), start.idTag());
    }

    private OperationOutcome stop(Stop stop) {
        return operations.remoteStop(stop.chargeBoxId(), stop.transactionId());
    }
}
