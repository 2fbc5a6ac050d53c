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
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.web.filter.OncePerRequestFilter;

/** Rejects input before it reaches a handler: parameters with U+0000 and oversized bodies. */
class InputGuard extends OncePerRequestFilter {

    /** Maximum request body in bytes. */
    static final int LARGEST_BODY = 1024 * 1024;

    private final ProblemWriter problems;

    InputGuard(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LARGEST_BODY) {
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
        chain.doFilter(new Measured(request), response);
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    /** Limits bodies without a declared length. */
    private static final class Measured extends HttpServletRequestWrapper {

        Measured(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new MeasuredStream(super.getInputStream());
        }
    }

    private static final class MeasuredStream extends ServletInputStream {

        private final ServletInputStream stream;
        private long read;

        MeasuredStream(ServletInputStream stream) {
            this.stream = stream;
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
            if (read > LARGEST_BODY) {
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
