package express.polaris.web;

import java.nio.charset.StandardCharsets;

/**
 * Bytes that no browser sends.
 *
 * @param request with {@code PATH} in place of the route's path and {@code AUTH} in place of its sign-in
 */
record MalformedRequest(String name, String request) {

    private static final int LONGEST_NAME = 60;

    /** Named by the beginning of what is wrong with it. */
    static MalformedRequest named(String fault, String request) {
        return new MalformedRequest(fault.substring(0, Math.min(LONGEST_NAME, fault.length())), request);
    }

    /** A request with this first line that is otherwise in order. */
    static String of(String line) {
        return line + "\r\nHost: 127.0.0.1\r\nAUTHAccept: text/html\r\nConnection: close\r\n\r\n";
    }

    /** @param signedIn header lines that authenticate */
    byte[] to(String path, String signedIn) {
        return request.replace("PATH", path).replace("AUTH", signedIn).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }
}
