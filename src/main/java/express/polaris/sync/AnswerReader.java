package express.polaris.sync;

import express.polaris.metering.MeterValues;
import express.polaris.metering.SampledValue;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.events.KeptAnswer;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveTransaction;
import express.polaris.steve.SteveValues;
import express.polaris.steve.UnreadableRow;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads SteVe's answers about transactions row by row, and keeps what metering needs. */
@Component
class AnswerReader {

    private static final String SIGNED = "SignedData";

    private final SteveClient steve;
    private final LargeAnswers memory;

    AnswerReader(SteveClient steve, LargeAnswers memory) {
        this.steve = steve;
        this.memory = memory;
    }

    /**
     * SteVe's answer about a transaction. Holds its share of the memory until it is closed.
     *
     * @param kept the same rows as the values, and the unreadable ones
     * @param unreadable number of unreadable rows
     */
    record Answer(
            SteveTransaction transaction,
            MeterValues values,
            KeptAnswer kept,
            int unreadable,
            Optional<UnreadableRow> firstUnreadable,
            Runnable done)
            implements AutoCloseable {

        @Override
        public void close() {
            done.run();
        }
    }

    /**
     * Requests the details of a transaction.
     *
     * @return empty if SteVe has no such transaction
     * @throws LargeAnswers.NoRoom if the answer is large and does not fit beside others that are being processed
     */
    Optional<Answer> ask(SessionId id) {
        var share = memory.share(id);
        boolean handedOver = false;
        try {
            var rows = new Rows(share);
            var answer = steve.transaction(id.value(), false, rows)
                    .map(transaction -> rows.answer(transaction, share::close));
            handedOver = answer.isPresent();
            return answer;
        } finally {
            if (!handedOver) {
                share.close();
            }
        }
    }

    /** Forgets the sizes of the answers about other sessions. */
    void forgetAllBut(Collection<SessionId> live) {
        memory.forgetAllBut(live);
    }

    /** Parses a stored answer in SteVe's own JSON. */
    static Answer archived(InputStream json) {
        var rows = new Rows(size -> {});
        return rows.answer(SteveClient.archived(json, rows), () -> {});
    }

    private interface Growth {
        void growTo(int rows);
    }

    private static final class Rows implements SteveValues {

        private final Growth growth;
        private final MeterValues.Builder values = new MeterValues.Builder();
        private final KeptAnswer.Builder kept = KeptAnswer.builder();
        private int unreadable;
        private Optional<UnreadableRow> firstUnreadable = Optional.empty();

        Rows(LargeAnswers.Share share) {
            this(share::growTo);
        }

        Rows(Growth growth) {
            this.growth = growth;
        }

        @Override
        public boolean wants(Optional<String> measurand, Optional<String> format) {
            return MeterValues.Builder.needs(measurand)
                    || format.map(String::strip).filter(SIGNED::equals).isPresent();
        }

        @Override
        public void dropped(Optional<String> measurand) {
            kept.dropped(measurand);
        }

        @Override
        public void value(SampledValue value) {
            values.add(value);
            kept.add(value);
            growth.growTo(kept.size());
        }

        @Override
        public void unreadable(UnreadableRow row) {
            kept.unreadable(row.reason());
            unreadable++;
            firstUnreadable = firstUnreadable.or(() -> Optional.of(row));
            growth.growTo(kept.size());
        }

        Answer answer(SteveTransaction transaction, Runnable done) {
            return new Answer(transaction, values.build(), kept.build(), unreadable, firstUnreadable, done);
        }
    }
}
