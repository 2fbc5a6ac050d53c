package express.polaris.steve;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static express.polaris.steve.FaultySteve.json;
import static express.polaris.steve.FaultySteve.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import express.polaris.steve.SteveUnavailable.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls to SteVe, and the reading of its answers. */
class SteveCallsTest {

    private final FaultySteve steve = new FaultySteve();

    @AfterEach
    void stop() {
        steve.close();
    }

    @Test
    void blockingATagKeepsItsOtherFields() {
        SteveOcppTag tag = new SteveOcppTag(
                3,
                "TAG2",
                Optional.of("FLEET"),
                Optional.of(Instant.parse("2027-12-31T23:59:59Z")),
                2,
                1,
                Optional.of("child \"of\" FLEET"));
        steve.answers(json(
                "{\"ocppTagPk\":3,\"idTag\":\"TAG2\",\"maxActiveTransactionCount\":0,\"activeTransactionCount\":0}"));

        steve.client.block(tag);

        steve.server.verify(
                1,
                putRequestedFor(urlEqualTo("/steve/api/v1/ocppTags/3"))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withRequestBody(equalToJson("""
                            {"idTag":"TAG2","parentIdTag":"FLEET","maxActiveTransactionCount":0,
                             "expiryDate":"2027-12-31T23:59:59.000Z","note":"child \\"of\\" FLEET"}\
                            """)));
    }

    @Test
    void aBlockThatSteVeDidNotApplyIsAnError() {
        steve.answers(json(
                "{\"ocppTagPk\":3,\"idTag\":\"TAG2\",\"maxActiveTransactionCount\":2,\"activeTransactionCount\":0}"));
        SteveOcppTag tag = new SteveOcppTag(3, "TAG2", Optional.empty(), Optional.empty(), 2, 0, Optional.empty());

        SteveUnavailable thrown = unavailable(() -> steve.client.block(tag));

        assertThat(thrown.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(thrown.getMessage()).doesNotContain("TAG2");
        assertThatIllegalArgumentException().isThrownBy(() -> steve.client.unblock(tag, 0));
    }

    @Test
    void aCallErrorIsARejectionAndAnExceptionIsNoAnswer() {
        SteveOperations operations = new SteveOperations(steve.client);
        String answer =
                "{\"taskId\":1,\"taskFinished\":true,\"successResponses\":[],\"errorResponses\":[%s],\"exceptions\":[%s]}";
        steve.answers(json(answer.formatted(
                "{\"chargeBoxId\":\"cp1\",\"errorCode\":\"NotSupported\",\"errorDescription\":null}", "")));
        assertThat(operations.remoteStop("CP1", 7)).isEqualTo(new OperationOutcome.Rejected("NotSupported"));

        steve.answers(json(answer.formatted("", "{\"chargeBoxId\":\"CP1\",\"exceptionMessage\":\"closed\"}")));
        assertThat(operations.remoteStop("CP1", 7)).isEqualTo(new OperationOutcome.NoAnswer());

        steve.answers(json("{\"taskId\":1}"));
        assertThat(unavailable(() -> operations.remoteStop("CP1", 7)).reason()).isEqualTo(Reason.UNREADABLE);
        steve.answers(json("[]").withFixedDelay(60_000));
        SteveOperations impatient = new SteveOperations(steve.client(300, 1 << 20));
        assertThat(unavailable(() -> impatient.remoteStop("CP1", 7)).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void manyIdsAreRequestedInSeveralCalls() {
        steve.answers(json("[]"));

        steve.client.transactions(
                TransactionFilter.byIds(LongStream.rangeClosed(1, 401).boxed().toList()));

        assertThat(steve.client.callsMade()).isEqualTo(3); // 200 + 200 + 1
        steve.server.verify(1, getRequestedFor(urlEqualTo("/steve/api/v1/transactions?type=ALL&transactionPk=1")));
    }
}
