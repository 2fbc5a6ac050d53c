package express.polaris.steve;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** SteVe's answer to a call: status and body, still compressed if it came so. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SteveAnswer(SteveCall call, int status, String contentType, String contentEncoding, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isJson() {
        String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        return type.equals("application/json") || type.endsWith("+json");
    }

    boolean isEmpty() {
        return body.length == 0;
    }

    /** The decompressed body; reading more than the call's limit fails with {@link AnswerTooLarge}. */
    InputStream open() throws IOException {
        return unpacked(new ByteArrayInputStream(body));
    }

    /** Decompresses a body of this answer that was not collected, with the same limit. */
    InputStream unpacked(InputStream raw) throws IOException {
        return switch (contentEncoding.toLowerCase(Locale.ROOT)) {
            case "", "identity" -> new Limited(raw, call.maxBytes());
            case "gzip", "x-gzip" -> new Limited(new GZIPInputStream(raw, 16 * 1024), call.maxBytes());
            default -> throw new IOException("Content-Encoding is neither gzip nor identity");
        };
    }

    /** SteVe's own error JSON; empty for anything else, such as a proxy's page. */
    Optional<SteveError> error() {
        if (!isJson()) {
            return Optional.empty();
        }
        try (InputStream in = open()) {
            return SteveJson.error(in).filter(error -> error.status() == status);
        } catch (IOException | UnreadableAnswer e) {
            return Optional.empty();
        }
    }

    /** Exception for a 4xx that has no specific meaning to the caller. */
    SteveUnavailable refused() {
        String said = error().map(e -> ": " + SteveJson.shortened(e.message())).orElse(", not in SteVe's own JSON");
        SteveSymptom symptom = switch (status) {
            case 403 -> SteveSymptom.FORBIDDEN;
            case 404 -> SteveSymptom.NOT_FOUND;
            default -> SteveSymptom.REFUSED;
        };
        return call.unavailable(symptom, "was answered with " + status + said);
    }

    /** Fails when more than the limit is read, because a small body can decompress to any size. */
    private static final class Limited extends FilterInputStream {
        private final long limit;
        private long left;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            return read < 0 ? read : counted(1, read);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            return read < 0 ? read : counted(read, read);
        }

        @Override
        public long skip(long n) throws IOException {
            return super.skip(Math.min(n, left));
        }

        private int counted(int bytes, int result) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new AnswerTooLarge(limit);
            }
            return result;
        }
    }
}
