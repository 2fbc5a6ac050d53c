package express.polaris.web;

import java.util.stream.Stream;

/** Requests with odd bodies, and bytes that are no request. */
final class MalformedBodies {

    private MalformedBodies() {}

    static Stream<MalformedRequest> bodies() {
        var oddities = Stream.of(
                "Content-Length: -1\r\n\r\na=b",
                "Content-Length: abc\r\n\r\na=b",
                "Content-Length:\r\n\r\na=b",
                "Content-Length: +3\r\n\r\na=b",
                "Content-Length: 0x3\r\n\r\na=b",
                "Content-Length: 3, 3\r\n\r\na=b",
                "Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b",
                "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=bc",
                "Content-Length: 99999999999999999999\r\n\r\na=b",
                "Content-Length: 9223372036854775807\r\n\r\na=b",
                "Content-Length: 2147483648\r\n\r\na=b",
                "Content-Length: 100\r\n\r\na=b",
                "Content-Length: 1\r\n\r\na=b",
                "Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\na=b\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-3\r\na=b\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\na=b",
                "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\na=b",
                "Transfer-Encoding: chunked\r\n\r\n3\r\na=b",
                "Transfer-Encoding: chunked\r\n\r\n3\r\na=bXX0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3;" + "x".repeat(9000) + "\r\na=b\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\nbad trailer\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\nX: " + "x".repeat(9000) + "\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\na=b",
                "Transfer-Encoding: gzip\r\n\r\na=b",
                "Transfer-Encoding: nonsense\r\n\r\na=b",
                "Transfer-Encoding: \u000bchunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
                "Transfer-Encoding:\r\n\r\na=b");
        var contents = Stream.of(
                content("application/x-www-form-urlencoded", "a=%zz&%=%"),
                content("application/x-www-form-urlencoded", "a=%00"),
                content("application/x-www-form-urlencoded", "a=%ff&\u00ff=\u0000"),
                content("application/x-www-form-urlencoded", "&&&==="),
                content("application/x-www-form-urlencoded", "a=1&".repeat(20_000)),
                content("application/x-www-form-urlencoded; charset=\u0001", "a=b"),
                content("application/x-www-form-urlencoded; charset=unknown", "a=b"),
                content("application/x-www-form-urlencoded; charset=utf-16", "a=b"),
                content("application/x-www-form-urlencoded; charset=\"", "a=b"),
                content("application/x-www-form-urlencoded; charset=", "a=b"),
                content("multipart/form-data", "a=b"),
                content("multipart/form-data; boundary=", "a=b"),
                content("multipart/form-data; boundary=x", "a=b"),
                content("multipart/form-data; boundary=x", "--x\r\n"),
                content("multipart/form-data; boundary=x", "--x\r\nnonsense\r\n\r\nb\r\n--x--"),
                content(
                        "multipart/form-data; boundary=x",
                        "--x\r\nContent-Disposition: form-data; name=\"a\u0000\"\r\n\r\nb\r\n--x--\r\n"),
                content(
                        "multipart/form-data; boundary=x",
                        "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../\u0000\"\r\n\r\nb\r\n--x--\r\n"),
                content(
                        "multipart/form-data; boundary=x",
                        "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n".repeat(200) + "--x--\r\n"),
                content("multipart/form-data; boundary=" + "x".repeat(5000), "a=b"),
                content("multipart/mixed; boundary=x", "--x--"),
                content("application/json", "{"),
                content("application/json", ""),
                content("application/json", "\u0000"),
                content("application/json", "{\"a\":\"\u00ff\"}"),
                content("application/json", "[".repeat(50_000)),
                content("application/json", "9".repeat(50_000)),
                content("application/json", "{\"a\":1e999999999}"),
                content("application/json; charset=\u0001", "{}"),
                content("application/json; charset=unknown", "{}"),
                content("application/json; charset=utf-16", "{}"),
                content("application/json; charset=utf-32", "{}"),
                content("application/json;q=abc", "{}"),
                content("application/json;;;", "{}"),
                content("application/cbor", "\u00ff"),
                content("application/x-java-serialized-object", "\u00ac\u00ed"),
                content("application/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;"),
                content("text/plain; charset=\u0001", "a"),
                content("nonsense", "a"),
                content("/", "a"),
                content("*/*", "a"),
                content(";", "a"),
                content("a/b; c=\"", "a"),
                content("\u00ff/\u00ff", "a"),
                content("", "a"));
        return Stream.concat(oddities, contents)
                .flatMap(rest -> Stream.of("GET", "POST", "PUT", "PATCH", "DELETE")
                        .map(method -> new MalformedRequest(
                                method + " " + rest.substring(0, Math.min(100, rest.length())),
                                method + " PATH HTTP/1.1\r\nHost: 127.0.0.1\r\nAUTHAccept: text/html\r\n"
                                        + "Connection: close\r\n" + rest)));
    }

    static Stream<MalformedRequest> streamsOfBytes() {
        return Stream.of(
                new MalformedRequest(
                        "lone line feeds",
                        "GET PATH HTTP/1.1\nHost: 127.0.0.1\nAUTHAccept: text/html\nConnection: close\n\n"),
                new MalformedRequest("empty lines first", "\r\n\r\n" + MalformedRequest.of("GET PATH HTTP/1.1")),
                new MalformedRequest("zeros", "\u0000\u0000\u0000\u0000\r\n\r\n"),
                new MalformedRequest(
                        "a handshake of TLS",
                        "\u0016\u0003\u0001\u0000\u0010\u0001\u0000\u0000\u000c\u0003\u0003abcdefgh\r\n\r\n"),
                new MalformedRequest(
                        "HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000"),
                new MalformedRequest("only a carriage return", "\r"),
                new MalformedRequest("cut off in the request line", "GET PA"),
                new MalformedRequest("cut off in the headers", "GET PATH HTTP/1.1\r\nHost: 127.0"),
                new MalformedRequest(
                        "another request after an error",
                        "GET PATH[ HTTP/1.1\r\nHost: 127.0.0.1\r\nAUTH\r\n" + MalformedRequest.of("GET PATH HTTP/1.1")),
                new MalformedRequest(
                        "another request after a refused body",
                        "POST PATH HTTP/1.1\r\nHost: 127.0.0.1\r\nAUTHContent-Length: 3\r\n\r\na=b"
                                + MalformedRequest.of("GET PATH HTTP/1.1")));
    }

    /** Headers and body, after those that every request has. */
    private static String content(String type, String body) {
        return "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
