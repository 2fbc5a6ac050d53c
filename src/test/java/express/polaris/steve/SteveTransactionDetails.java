package express.polaris.steve;

import static java.nio.charset.StandardCharsets.UTF_8;

import express.polaris.metering.SampledValue;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A complete details answer in memory, for small answers. */
public record SteveTransactionDetails(
        SteveTransaction transaction, List<SampledValue> values, List<UnreadableRow> unreadable) {

    static Optional<SteveTransactionDetails> of(SteveClient client, long id, boolean energyValuesOnly) {
        return gathered(values -> client.transaction(id, energyValuesOnly, values));
    }

    public static SteveTransactionDetails parse(byte[] body) {
        return gathered(values -> Optional.of(SteveClient.archived(new ByteArrayInputStream(body), values)))
                .orElseThrow();
    }

    public static SteveTransactionDetails parse(String body) {
        return parse(body.getBytes(UTF_8));
    }

    private static Optional<SteveTransactionDetails> gathered(
            Function<SteveValues, Optional<SteveTransaction>> reader) {
        var values = new ArrayList<SampledValue>();
        var unreadable = new ArrayList<UnreadableRow>();
        return reader.apply(new SteveValues() {
                    @Override
                    public boolean wants(Optional<String> measurand, Optional<String> format) {
                        return true;
                    }

                    @Override
                    public void dropped(Optional<String> measurand) {
                        throw new IllegalStateException("All are wanted");
                    }

                    @Override
                    public void value(SampledValue value) {
                        values.add(value);
                    }

                    @Override
                    public void unreadable(UnreadableRow row) {
                        unreadable.add(row);
                    }
                })
                .map(transaction ->
                        new SteveTransactionDetails(transaction, List.copyOf(values), List.copyOf(unreadable)));
    }
}
