package express.polaris.sessions.events;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * SteVe's last complete answer about each session, as far as metering reads it, so that the outcome of every row can be
 * explained later. It is stored in compressed chunks. An unchanged chunk is not written again: the answer about a live
 * session mostly grows at its end.
 */
@Repository
public class SteveAnswers {

    private final JdbcClient jdbc;

    SteveAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param readAt when the answer was requested (portal clock)
     */
    public record Kept(Instant readAt, Content content) {}

    /** Stored form of an answer. */
    public sealed interface Content {

        /** The rows that metering reads. */
        record Rows(TransactionFacts facts, KeptAnswer answer) implements Content {}

        /** SteVe's whole JSON. Only read; answers are stored as rows. */
        final class WholeJson implements Content {

            private final byte[] gzipped;

            WholeJson(byte[] gzipped) {
                this.gzipped = gzipped;
            }

            public InputStream open() {
                try {
                    return new GZIPInputStream(new ByteArrayInputStream(gzipped));
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot unpack a stored answer", e);
                }
            }
        }
    }

    /** Reads all parts of the answer from one snapshot. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Kept> find(SessionId id) {
        return jdbc.sql("select * from steve_answers where steve_transaction_id = ?")
                .param(id.value())
                .query((row, number) -> new Kept(SqlTime.required(row, "read_at"), content(id, row)))
                .optional();
    }

    private Content content(SessionId id, ResultSet row) throws SQLException {
        var json = Optional.ofNullable(row.getBytes("answer"));
        if (json.isPresent()) {
            return new Content.WholeJson(json.get());
        }
        var chunks = new ArrayList<byte[]>();
        if (row.getInt("full_chunks") > 0) {
            jdbc.sql("select rows from steve_answer_chunks where steve_transaction_id = ? order by position")
                    .param(id.value())
                    .query(chunk -> {
                        chunks.add(chunk.getBytes("rows"));
                    });
        }
        chunks.add(row.getBytes("last_chunk"));
        var answer = new KeptAnswer(chunks, row.getInt("row_count"), FactsJson.counts(row.getString("dropped")));
        return new Content.Rows(FactsJson.facts(id, row.getString("facts")), answer);
    }

    void keep(TransactionFacts facts, KeptAnswer answer, Instant readAt) {
        var full = answer.chunks().subList(0, answer.chunks().size() - 1);
        int before = jdbc.sql("""
            with before as (select full_chunks from steve_answers where steve_transaction_id = :id)
            insert into steve_answers (steve_transaction_id, read_at, facts, dropped, row_count, full_chunks, last_chunk)
            values (:id, :readAt, :facts, :dropped, :rows, :full, :last)
            on conflict (steve_transaction_id) do update
               set read_at = excluded.read_at, answer = null, facts = excluded.facts, dropped = excluded.dropped,
                   row_count = excluded.row_count, full_chunks = excluded.full_chunks,
                   last_chunk = excluded.last_chunk
            returning coalesce((select full_chunks from before), 0)
            """)
                .param("id", facts.id().value())
                .param("readAt", SqlTime.utc(readAt))
                .param("facts", FactsJson.of(facts))
                .param("dropped", FactsJson.of(answer.dropped()))
                .param("rows", answer.size())
                .param("full", full.size())
                .param("last", answer.chunks().getLast())
                .query(Integer.class)
                .single();
        if (before > full.size()) {
            jdbc.sql("delete from steve_answer_chunks where steve_transaction_id = ? and position >= ?")
                    .param(facts.id().value())
                    .param(full.size())
                    .update();
        }
        if (!full.isEmpty()) {
            keep(facts.id(), full, before > 0 ? hashes(facts.id()) : Map.of());
        }
    }

    private void keep(SessionId id, List<byte[]> chunks, Map<Integer, byte[]> kept) {
        for (int position = 0; position < chunks.size(); position++) {
            var hash = sha256(chunks.get(position));
            if (!Arrays.equals(hash, kept.get(position))) {
                jdbc.sql("""
                    insert into steve_answer_chunks (steve_transaction_id, position, sha256, rows) values (?, ?, ?, ?)
                    on conflict (steve_transaction_id, position) do update
                       set sha256 = excluded.sha256, rows = excluded.rows
                    """)
                        .params(id.value(), position, hash, chunks.get(position))
                        .update();
            }
        }
    }

    private Map<Integer, byte[]> hashes(SessionId id) {
        var hashes = new HashMap<Integer, byte[]>();
        jdbc.sql("select position, sha256 from steve_answer_chunks where steve_transaction_id = ?")
                .param(id.value())
                .query(row -> {
                    hashes.put(row.getInt("position"), row.getBytes("sha256"));
                });
        return hashes;
    }

    private static byte[] sha256(byte[] chunk) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(chunk);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
