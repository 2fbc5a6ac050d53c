package express.polaris.accounts.access;

import express.polaris.platform.refusals.BadParameter;
import express.polaris.platform.refusals.BodyTooLarge;
import express.polaris.platform.refusals.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.filter.OncePerRequestFilter;

/** Rejects input before it reaches a handler: parameters with U+0000 and oversized bodies. */
class InputGuard extends OncePerRequestFilter {

    /** Maximum request body in bytes. */
    static final int LARGEST_BODY = 1024 * 1024;

    /** Maximum request body in bytes where a bank's statement is uploaded. */
    static final int LARGEST_UPLOAD = 16 * 1024 * 1024;

    private static final Pattern UPLOADS = Pattern.compile("(/api/v1)?/operator/payments/import(/apply)?");

    private final ProblemWriter problems;

    InputGuard(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int largest = UPLOADS.matcher(request.getRequestURI()).matches() ? LARGEST_UPLOAD : LARGEST_BODY;
        if (isTooLarge(request, largest)) {
            problems.write(413, "The request is too large.", request, response);
            return;
        }
        Map<String, String[]> parameters;
        try {
            parameters = request.getParameterMap();
        } catch (IllegalStateException e) {
            problems.write(400, "The parameters cannot be read.", request, response);
            return;
        }
        for (var parameter : parameters.entrySet()) {
            if (hasNul(parameter.getKey()) || Stream.of(parameter.getValue()).anyMatch(InputGuard::hasNul)) {
                var name = parameter.getKey().replace("\0", "");
                problems.write(new BadParameter(name, "text without the character U+0000"), request, response);
                return;
            }
        }
        chain.doFilter(new Measured(request, largest), response);
    }

    /** The parts of a form are read at once, so its length must be known before. */
    private static boolean isTooLarge(HttpServletRequest request, int largest) {
        boolean parts = String.valueOf(request.getContentType())
                .toLowerCase(Locale.ROOT)
                .startsWith("multipart/");
        return request.getContentLengthLong() > largest || parts && request.getContentLengthLong() < 0;
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    /** Limits bodies without a declared length. */
    private static final class Measured extends HttpServletRequestWrapper {

        private final int largest;

        Measured(HttpServletRequest request, int largest) {
            super(request);
            this.largest = largest;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new MeasuredStream(super.getInputStream(), largest);
        }
    }

    private static final class MeasuredStream extends ServletInputStream {

        private final ServletInputStream stream;
        private final int largest;
        private long read;

        MeasuredStream(ServletInputStream stream, int largest) {
            this.stream = stream;
            this.largest = largest;
        }

        @Override
        public int read() throws IOException {
            int value = stream.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = stream.read(bytes, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) throws BodyTooLarge {
            read += bytes;
            if (read > largest) {
                throw new BodyTooLarge();
            }
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            stream.setReadListener(listener);
        }
    }
}
