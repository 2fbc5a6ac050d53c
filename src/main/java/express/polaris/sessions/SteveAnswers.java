package express.polaris.sessions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SteVe's last full answer about each session, kept compressed so that every row's fate can be told again. */
@Repository
public class SteveAnswers {

    private final JdbcClient jdbc;

    SteveAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An answer as it came.
     *
     * @param readAt when it was asked for, by our clock
     * @param json SteVe's words
     */
    public record Kept(Instant readAt, byte[] json) {}

    public Optional<Kept> find(SessionId id) {
        return jdbc.sql("select read_at, answer from steve_answers where steve_transaction_id = ?")
                .param(id.value())
                .query((row, number) -> new Kept(
                        SessionRows.instant(row, "read_at").orElseThrow(), decompressed(row.getBytes("answer"))))
                .optional();
    }

    void keep(SessionId id, byte[] json, Instant readAt) {
        jdbc.sql("""
            insert into steve_answers (steve_transaction_id, read_at, answer) values (?, ?, ?)
            on conflict (steve_transaction_id) do update
               set read_at = excluded.read_at, answer = excluded.answer
            """)
                .param(id.value())
                .param(SessionRows.required(readAt))
                .param(compressed(json))
                .update();
    }

    /** @return how many answers were older and are gone now */
    public int forgetBefore(Instant oldest) {
        return jdbc.sql("delete from steve_answers where read_at < ?")
                .param(SessionRows.required(oldest))
                .update();
    }

    private static byte[] compressed(byte[] json) {
        var bytes = new ByteArrayOutputStream(json.length / 8 + 64);
        try (var gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] decompressed(byte[] answer) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("A kept answer cannot be decompressed", e);
        }
    }
}
