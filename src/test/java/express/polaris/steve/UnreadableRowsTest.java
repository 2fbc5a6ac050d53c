package express.polaris.steve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import express.polaris.metering.SampledValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnreadableRowsTest {

    private static final String TRANSACTION = """
        {"id":7,"chargeBoxId":"CP1","connectorId":1,"ocppIdTag":"TAG1","startTimestamp":"2026-11-22T06:55:38.264Z",
         "startValue":"100","stopTimestamp":null,"stopValue":null,"stopReason":null,"stopEventActor":null}\
        """;

    private static SteveTransactionList list(String json) throws IOException {
        return SteveJson.transactions(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }

    @Test
    void anUnreadableRowDoesNotAffectTheOthers() throws IOException {
        SteveTransactionList list = list("[%s,%s,null,{\"id\":9,\"startValue\":{\"a\":[1]}},%s,%s]"
                .formatted(
                        TRANSACTION,
                        TRANSACTION.replace("2026-11-22T06", "yesterday").replace("7,", "8,"),
                        TRANSACTION.replace("CP1", "C".repeat(256)).replace("7,", "10,"),
                        TRANSACTION.replace("7,", "1E99999999,")));

        assertThat(list.transactions()).extracting(SteveTransaction::id).containsExactly(7L);
        assertThat(list.unreadable())
                .extracting(UnreadableRow::position, UnreadableRow::id)
                .containsExactly(
                        tuple(1, Optional.of(8L)),
                        tuple(2, Optional.empty()),
                        tuple(3, Optional.of(9L)),
                        tuple(4, Optional.of(10L)),
                        tuple(5, Optional.empty()));
        assertThat(list.unreadable().get(0).reason())
                .isEqualTo("startTimestamp is \"yesterday:55:38.264Z\"; expected an instant like"
                        + " 2026-11-22T06:55:38.264Z");
        assertThat(list.unreadable().get(3).reason()).isEqualTo("chargeBoxId has 256 characters; expected at most 255");
    }

    @Test
    void anUnreadableValueDoesNotAffectTheOthers() throws IOException {
        String value = "{\"valueTimestamp\":\"%s\",\"value\":%s}";
        SteveTransactionDetails details = SteveTransactionDetails.parse(("{\"transaction\":%s,\"values\":[%s,%s,%s,%s]}"
                        .formatted(
                                TRANSACTION,
                                value.formatted("2026-11-22T07:00:00Z", "\"5.05E5\""),
                                value.formatted("32 o'clock", "\"1\""),
                                value.formatted("2026-11-22T07:00:00Z", "1"),
                                value.formatted("2026-11-22T08:01:00+01:00", "\"\"")))
                .getBytes(UTF_8));

        assertThat(details.values()).extracting(SampledValue::value).containsExactly("5.05E5", "");
        assertThat(details.values().getLast().timestamp()).isEqualTo(Instant.parse("2026-11-22T07:01:00Z"));
        assertThat(details.unreadable()).extracting(UnreadableRow::position).containsExactly(1, 2);
    }

    @Test
    void anAnswerWithOnlyUnreadableRowsIsUnreadable() throws IOException {
        assertThat(list("[" + "{},".repeat(999) + "{}]").unreadable()).hasSize(1_000);
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> list("[" + "{},".repeat(1_000) + "{}]"))
                .withMessage(
                        "more than 1000 of its rows are unreadable, the first because id is missing; expected a whole"
                                + " number");
    }

    @Test
    void anArchivedAnswerWithoutTransactionAndValuesIsRefused() {
        assertThatExceptionOfType(SteveUnavailable.class)
                .isThrownBy(() -> SteveTransactionDetails.parse("{}".getBytes(UTF_8)))
                .withMessage("An archived details answer: it has only []; expected transaction and values");
    }
}
