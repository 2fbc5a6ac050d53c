package express.polaris.steve;

import java.util.Arrays;
import java.util.List;

/**
 * A transaction and its meter values.
 *
 * @param values sorted by their timestamp alone; SteVe does not de-duplicate
 * @param unreadable rows of {@code values} that could not be read
 * @param body SteVe's JSON, decompressed, so that it can be archived and parsed again; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined below, and a copy of 32 MB per look would be dear
public record SteveTransactionDetails(
        SteveTransaction transaction, List<SteveMeterValue> values, List<UnreadableRow> unreadable, byte[] body) {

    public SteveTransactionDetails {
        values = List.copyOf(values);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Reads an archived answer.
     *
     * @throws SteveUnavailable with {@code UNREADABLE} if this is not a whole details answer
     */
    public static SteveTransactionDetails parse(byte[] body) {
        try {
            return SteveJson.details(body);
        } catch (UnreadableAnswer e) {
            throw new SteveUnavailable(
                    SteveUnavailable.Reason.UNREADABLE, "An archived details answer: " + e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SteveTransactionDetails that && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "SteveTransactionDetails[transaction=%d, values=%d, unreadable=%d, body=%d bytes]"
                .formatted(transaction.id(), values.size(), unreadable.size(), body.length);
    }
}
