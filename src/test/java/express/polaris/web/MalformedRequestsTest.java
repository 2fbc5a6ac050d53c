package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.CapturedLog;
import express.polaris.testing.Portal;
import express.polaris.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Red means that a client can cause a server error, a stack trace in the log, or an answer that is not the portal's
 * own, with bytes that no browser sends.
 */
@ApplicationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestsTest {

    private static final String[] FOREIGN = {"Exception", "Tomcat", "HTTP Status", "at org.", "at java.", "Whitelabel"};

    private static final List<String> PROTECTION = List.of(
            "Content-Security-Policy",
            "Permissions-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cache-Control");

    /** Answers to HTTP/0.9 have neither status nor headers. */
    private static final Set<String> HTTP_0_9 = Set.of("GET PATH", "GET", "GET  HTTP/1.1");

    /** Requests without an end, and HTTP/2: the connection is closed. */
    private static final Set<String> WITHOUT_ANSWER = Set.of(
            "HTTP/2 by prior knowledge",
            "only a carriage return",
            "cut off in the request line",
            "cut off in the headers");

    private final Portal portal;
    private final CapturedLog log = new CapturedLog();
    private final List<Route> routes;

    MalformedRequestsTest(Portal portal) {
        this.portal = portal;
        var cookie = "Cookie: polaris=" + portal.signedIn(portal.driver()).cookie("polaris") + "\r\n";
        var operator = "Cookie: polaris=" + portal.signedIn(portal.operator()).cookie("polaris") + "\r\n";
        var bearer = "Authorization: Bearer " + portal.token(portal.driver()) + "\r\n";
        var operatorBearer = "Authorization: Bearer " + portal.token(portal.operator()) + "\r\n";
        this.routes = List.of(
                new Route("/sign-in", "", false),
                new Route("/sessions", cookie, false),
                new Route("/operator", operator, false),
                new Route("/api/v1/sessions", bearer, true),
                new Route("/api/v1/operator/transactions", operatorBearer, true),
                new Route("/api/v1/stream", bearer, true),
                new Route("/assets/app.js", "", false),
                new Route("/actuator/health/liveness", "", true),
                new Route("/actuator/prometheus", operatorBearer, true));
    }

    /** @param signedIn header lines that authenticate */
    private record Route(String path, String signedIn, boolean isApi) {}

    /** Request with {@code PATH} in place of the route's path and {@code AUTH} in place of its sign-in. */
    private record Case(String name, String request) {

        byte[] of(Route route) {
            return request.replace("PATH", route.path())
                    .replace("AUTH", route.signedIn())
                    .getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void startOver() {
        log.clear();
    }

    @AfterEach
    void noTrace() {
        assertThat(log.faults()).isEmpty();
    }

    static Stream<Case> requestLines() {
        return Stream.of(
                        "GET PATH HTTP/1.0",
                        "GET PATH",
                        "GET PATH HTTP/2.0",
                        "GET PATH HTTP/9.9",
                        "GET PATH HTTP/1.1 x",
                        "GET PATH HTTQ/1.1",
                        "GET  HTTP/1.1",
                        "GET",
                        "GET\tPATH\tHTTP/1.1",
                        "GET   PATH   HTTP/1.1",
                        "get PATH HTTP/1.1",
                        "G@T PATH HTTP/1.1",
                        "G\u0001T PATH HTTP/1.1",
                        "TRACE PATH HTTP/1.1",
                        "TRACK PATH HTTP/1.1",
                        "CONNECT PATH HTTP/1.1",
                        "CONNECT 127.0.0.1:443 HTTP/1.1",
                        "PROPFIND PATH HTTP/1.1",
                        "NONSENSE PATH HTTP/1.1",
                        "A".repeat(9000) + " PATH HTTP/1.1",
                        "OPTIONS PATH HTTP/1.1",
                        "OPTIONS * HTTP/1.1",
                        "GET * HTTP/1.1",
                        "POST PATH HTTP/1.1",
                        "PUT PATH HTTP/1.1",
                        "PATCH PATH HTTP/1.1",
                        "DELETE PATH HTTP/1.1",
                        "HEAD PATH HTTP/1.1",
                        "GET http://127.0.0.1PATH HTTP/1.1",
                        "GET http://other.examplePATH HTTP/1.1",
                        "GET http://PATH HTTP/1.1",
                        "GET https://[::1PATH HTTP/1.1",
                        "GET http://a b/ HTTP/1.1",
                        "GET ftp://127.0.0.1PATH HTTP/1.1",
                        "GET http://user:secret@127.0.0.1PATH HTTP/1.1",
                        "GET http://127.0.0.1:99999PATH HTTP/1.1",
                        "GET nonsense HTTP/1.1",
                        "GET ://PATH HTTP/1.1",
                        "PRI * HTTP/2.0")
                .map(line -> new Case(line.substring(0, Math.min(60, line.length())), request(line, "")));
    }

    static Stream<Case> addresses() {
        var tails = List.of(
                "[",
                "]",
                "\\",
                "{",
                "}",
                "|",
                "^",
                "\"",
                "<",
                ">",
                "`",
                "'",
                "%",
                "%0",
                "%00",
                "%zz",
                "%0a",
                "%0d%0a",
                "%ff",
                "%c0%af",
                "%c0%80",
                "%ed%a0%80",
                "%f8%88%80%80%80",
                "%5c",
                "%2f",
                "%25",
                "%3b",
                "%2e%2e",
                "\u0080",
                "\u00ff",
                "\u00c3\u00a9",
                "\u00c0\u00af",
                "\u0000",
                "\u0001",
                "\u007f",
                "\t",
                "#",
                ";",
                ";x",
                ";x=1",
                ";x=1%",
                ";=",
                ";;",
                ";jsessionid=1",
                "//",
                "/./",
                "/..",
                "/../..",
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e",
                "/..;/",
                "/.%00/",
                "..",
                ".",
                "~",
                ":",
                "@",
                "*",
                "a".repeat(9000),
                "/a".repeat(4000),
                "%61".repeat(2600));
        var queries = List.of(
                "&",
                "=",
                "&&==",
                "a=1&".repeat(3000),
                "limit=1&limit=2",
                "a".repeat(9000),
                "a=" + "%41".repeat(2700),
                "a[]=1",
                "a[0].b=1",
                "a.b.c=1",
                "_method=DELETE",
                "class.module.classLoader=1",
                "%00=1",
                "=%00",
                "+=+");
        var cases = Stream.concat(
                Stream.concat(
                        tails.stream().map(tail -> "PATH" + tail),
                        tails.stream().map(tail -> "/" + tail + "PATH")),
                Stream.concat(tails.stream(), queries.stream())
                        .flatMap(query -> Stream.of("PATH?" + query, "PATH?limit=" + query, "PATH?from=" + query)));
        return cases.map(target -> new Case(
                target.substring(0, Math.min(60, target.length())), request("GET " + target + " HTTP/1.1", "")));
    }

    static Stream<Case> hosts() {
        return Stream.of(
                        "",
                        "Host:",
                        "Host: a\r\nHost: b",
                        "Host: [",
                        "Host: [::1]",
                        "Host: [::1]:80",
                        "Host: [nonsense]",
                        "Host: a b",
                        "Host: a:b",
                        "Host: a:99999",
                        "Host: a:-1",
                        "Host: a:",
                        "Host: :80",
                        "Host: a:80:80",
                        "Host: a%00b",
                        "Host: a\u0000b",
                        "Host: \u00e9.example",
                        "Host: under_score",
                        "Host: user@host",
                        "Host: \\",
                        "Host: a/b",
                        "Host: a?b",
                        "Host: <script>",
                        "Host: -",
                        "Host: .",
                        "Host: ..",
                        "Host: 1.2.3.4.5",
                        "Host: 999.999.999.999",
                        "Host: " + "a".repeat(300),
                        "Host: " + "a".repeat(9000))
                .map(host -> new Case(
                        host.substring(0, Math.min(60, host.length())),
                        "GET PATH HTTP/1.1\r\n" + host + (host.isEmpty() ? "" : "\r\n")
                                + "AUTHAccept: text/html\r\nConnection: close\r\n\r\n"));
    }

    static Stream<Case> headers() {
        return Stream.of(
                        "X-Odd: a\u0000b",
                        "X-Odd: a\u0001b",
                        "X-Odd: a\u007fb",
                        "X-Odd: a\u00ffb",
                        "X-Odd: a\rb",
                        "X-Odd: a\nb",
                        "X-\u0000Odd: a",
                        "X-Odd\u0001: a",
                        "X Odd: a",
                        "X-Odd : a",
                        ": a",
                        ":",
                        "nonsense",
                        " leading: a",
                        "X-Odd: a\r\n folded",
                        "X-Odd: " + "a".repeat(9000),
                        "X-" + "a".repeat(9000) + ": a",
                        "X-Odd: a\r\n".repeat(300) + "X-Odd: a",
                        "X-Odd: a\r\n".repeat(3000) + "X-Odd: a",
                        "Accept: */*;q=2",
                        "Accept: text/html;q=abc",
                        "Accept: nonsense",
                        "Accept: /",
                        "Accept: text/",
                        "Accept: *",
                        "Accept: ;",
                        "Accept: , ,",
                        "Accept: a/b;c",
                        "Accept: a/b;c=\"",
                        "Accept: text/html;charset=\u0001",
                        "Accept: text/html;charset=unknown",
                        "Accept: text/event-stream;q=0",
                        "Accept: " + "a/b,".repeat(500) + "a/b",
                        "Accept: " + "a/b,".repeat(1900) + "a/b",
                        "Accept-Language: *",
                        "Accept-Language: ;",
                        "Accept-Language: de;q=abc",
                        "Accept-Language: de_DE",
                        "Accept-Language: \u00ff",
                        "Accept-Language: en-x-",
                        "Accept-Language: i-klingon",
                        "Accept-Language: " + "de-".repeat(1000) + "de",
                        "Accept-Language: " + "de,".repeat(1000) + "de",
                        "Accept-Encoding: gzip;q=x",
                        "Accept-Encoding: *;q=0",
                        "Accept-Charset: \u0001",
                        "Range: bytes=0-",
                        "Range: bytes=-",
                        "Range: bytes=9999999999-",
                        "Range: bytes=99999999999999999999-",
                        "Range: bytes=5-1",
                        "Range: bytes=abc",
                        "Range: nonsense=1",
                        "Range: nonsense",
                        "Range: bytes=" + "0-0,".repeat(1000) + "0-0",
                        "Range: bytes=0-\r\nIf-Range: nonsense",
                        "If-Range: \"",
                        "If-Modified-Since: nonsense",
                        "If-Unmodified-Since: nonsense",
                        "If-None-Match: \"",
                        "If-None-Match: W/",
                        "If-None-Match: \u0000",
                        "If-Match: \"nonsense\"",
                        "Last-Event-ID: nonsense",
                        "Last-Event-ID: " + "9".repeat(5000),
                        "Last-Event-ID: \u00ff",
                        "Expect: 100-continue",
                        "Expect: nonsense",
                        "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nConnection: Upgrade, HTTP2-Settings",
                        "Upgrade: h2c\r\nHTTP2-Settings: \u0001\r\nConnection: Upgrade, HTTP2-Settings",
                        "Upgrade: websocket\r\nSec-WebSocket-Key: x\r\nConnection: Upgrade",
                        "Upgrade: nonsense/1\r\nConnection: Upgrade",
                        "Connection: \u0001",
                        "Connection: keep-alive, close",
                        "Origin: nonsense",
                        "Origin: null",
                        "Origin: https://other.example",
                        "Origin: \u0001",
                        "Access-Control-Request-Method: nonsense",
                        "Referer: ://",
                        "User-Agent: \u00ff",
                        "User-Agent:",
                        "Authorization: ",
                        "Authorization: Bearer",
                        "Authorization: Bearer ",
                        "Authorization: Bearer a\u00ff",
                        "Authorization: Bearer " + "a".repeat(5000),
                        "Authorization: Basic",
                        "Authorization: Basic !!!",
                        "Authorization: Digest nonsense",
                        "Authorization: Negotiate",
                        "X-Forwarded-For: nonsense",
                        "X-Forwarded-Proto: nonsense",
                        "X-Forwarded-Host: a b\\",
                        "X-Forwarded-Port: 99999",
                        "X-Forwarded-Prefix: //",
                        "Forwarded: for=\"",
                        "Forwarded: nonsense;;;==",
                        "X-HTTP-Method-Override: DELETE",
                        "X-CSRF-TOKEN: \u00ff",
                        "HX-Request: true",
                        "HX-Request: true\r\nHX-Current-URL: ://[",
                        "HX-Boosted: \u00ff",
                        "Sec-Fetch-Mode: \u00ff",
                        "traceparent: nonsense",
                        "traceparent: 00-00000000000000000000000000000000-0000000000000000-00",
                        "Content-Type: \u0001",
                        "Content-Type: text/html; charset=\u0001",
                        "Content-Type: nonsense",
                        "Content-Encoding: gzip")
                .map(header -> new Case(
                        header.substring(0, Math.min(60, header.length())),
                        "GET PATH HTTP/1.1\r\nHost: 127.0.0.1\r\n" + (header.startsWith("Authorization") ? "" : "AUTH")
                                + (header.startsWith("Accept:") ? "" : "Accept: text/html\r\n") + header + "\r\n"
                                + (header.contains("Connection:") ? "" : "Connection: close\r\n") + "\r\n"));
    }

    static Stream<Case> cookies() {
        return Stream.of("polaris", "polaris_csrf", "polaris_return", "other")
                .flatMap(name -> Stream.of(
                                "",
                                "%",
                                "!!!",
                                "\"",
                                "\"a",
                                "a\u0001",
                                "a\u0000",
                                "\u00ff",
                                "AA==",
                                "AAAA",
                                "/w==",
                                "Ly9ldmlsLmV4YW1wbGU",
                                "L1tc",
                                "a,b",
                                "a b",
                                "a".repeat(4000),
                                "a; polaris=b; polaris=c",
                                "a; " + "b=c; ".repeat(1000) + "d=e",
                                "a; $Version=1; $Path=x",
                                "a; ; =; ;")
                        .map(value -> name + "=" + value))
                .map(pair -> new Case(
                        pair.substring(0, Math.min(60, pair.length())),
                        "GET PATH HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nCookie: " + pair
                                + "\r\nConnection: close\r\n\r\n"));
    }

    static Stream<Case> bodies() {
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
                        new String[] {"application/x-www-form-urlencoded", "a=%zz&%=%"},
                        new String[] {"application/x-www-form-urlencoded", "a=%00"},
                        new String[] {"application/x-www-form-urlencoded", "a=%ff&\u00ff=\u0000"},
                        new String[] {"application/x-www-form-urlencoded", "&&&==="},
                        new String[] {"application/x-www-form-urlencoded", "a=1&".repeat(20_000)},
                        new String[] {"application/x-www-form-urlencoded; charset=\u0001", "a=b"},
                        new String[] {"application/x-www-form-urlencoded; charset=unknown", "a=b"},
                        new String[] {"application/x-www-form-urlencoded; charset=utf-16", "a=b"},
                        new String[] {"application/x-www-form-urlencoded; charset=\"", "a=b"},
                        new String[] {"application/x-www-form-urlencoded; charset=", "a=b"},
                        new String[] {"multipart/form-data", "a=b"},
                        new String[] {"multipart/form-data; boundary=", "a=b"},
                        new String[] {"multipart/form-data; boundary=x", "a=b"},
                        new String[] {"multipart/form-data; boundary=x", "--x\r\n"},
                        new String[] {"multipart/form-data; boundary=x", "--x\r\nnonsense\r\n\r\nb\r\n--x--"},
                        new String[] {
                            "multipart/form-data; boundary=x",
                            "--x\r\nContent-Disposition: form-data; name=\"a\u0000\"\r\n\r\nb\r\n--x--\r\n"
                        },
                        new String[] {
                            "multipart/form-data; boundary=x",
                            "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../\u0000\"\r\n\r\nb\r\n--x--\r\n"
                        },
                        new String[] {
                            "multipart/form-data; boundary=x",
                            "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n".repeat(200) + "--x--\r\n"
                        },
                        new String[] {"multipart/form-data; boundary=" + "x".repeat(5000), "a=b"},
                        new String[] {"multipart/mixed; boundary=x", "--x--"},
                        new String[] {"application/json", "{"},
                        new String[] {"application/json", ""},
                        new String[] {"application/json", "\u0000"},
                        new String[] {"application/json", "{\"a\":\"\u00ff\"}"},
                        new String[] {"application/json", "[".repeat(50_000)},
                        new String[] {"application/json", "9".repeat(50_000)},
                        new String[] {"application/json", "{\"a\":1e999999999}"},
                        new String[] {"application/json; charset=\u0001", "{}"},
                        new String[] {"application/json; charset=unknown", "{}"},
                        new String[] {"application/json; charset=utf-16", "{}"},
                        new String[] {"application/json; charset=utf-32", "{}"},
                        new String[] {"application/json;q=abc", "{}"},
                        new String[] {"application/json;;;", "{}"},
                        new String[] {"application/cbor", "\u00ff"},
                        new String[] {"application/x-java-serialized-object", "\u00ac\u00ed"},
                        new String[] {"application/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;"},
                        new String[] {"text/plain; charset=\u0001", "a"},
                        new String[] {"nonsense", "a"},
                        new String[] {"/", "a"},
                        new String[] {"*/*", "a"},
                        new String[] {";", "a"},
                        new String[] {"a/b; c=\"", "a"},
                        new String[] {"\u00ff/\u00ff", "a"},
                        new String[] {"", "a"})
                .map(content -> "Content-Type: " + content[0] + "\r\nContent-Length: " + content[1].length()
                        + "\r\n\r\n" + content[1]);
        return Stream.concat(oddities, contents)
                .flatMap(rest -> Stream.of("GET", "POST", "PUT", "PATCH", "DELETE")
                        .map(method -> new Case(
                                method + " " + rest.substring(0, Math.min(100, rest.length())),
                                method + " PATH HTTP/1.1\r\nHost: 127.0.0.1\r\nAUTHAccept: text/html\r\n"
                                        + "Connection: close\r\n" + rest)));
    }

    static Stream<Case> streamsOfBytes() {
        return Stream.of(
                new Case(
                        "lone line feeds",
                        "GET PATH HTTP/1.1\nHost: 127.0.0.1\nAUTHAccept: text/html\nConnection: close\n\n"),
                new Case("empty lines first", "\r\n\r\n" + request("GET PATH HTTP/1.1", "")),
                new Case("zeros", "\u0000\u0000\u0000\u0000\r\n\r\n"),
                new Case(
                        "a handshake of TLS",
                        "\u0016\u0003\u0001\u0000\u0010\u0001\u0000\u0000\u000c\u0003\u0003abcdefgh\r\n\r\n"),
                new Case("HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000"),
                new Case("only a carriage return", "\r"),
                new Case("cut off in the request line", "GET PA"),
                new Case("cut off in the headers", "GET PATH HTTP/1.1\r\nHost: 127.0"),
                new Case(
                        "another request after an error",
                        "GET PATH[ HTTP/1.1\r\nHost: 127.0.0.1\r\nAUTH\r\n" + request("GET PATH HTTP/1.1", "")),
                new Case(
                        "another request after a refused body",
                        "POST PATH HTTP/1.1\r\nHost: 127.0.0.1\r\nAUTHContent-Length: 3\r\n\r\na=b"
                                + request("GET PATH HTTP/1.1", "")));
    }

    @ParameterizedTest
    @MethodSource({"requestLines", "addresses", "hosts", "headers", "cookies", "bodies", "streamsOfBytes"})
    void theAnswerIsThePortalsOwn(Case malformed) {
        var softly = new SoftAssertions();
        for (var route : routes) {
            var answers = RawHttp.exchange(portal.port(), malformed.of(route));
            if (!HTTP_0_9.contains(malformed.name())) {
                softly.assertThat(answers.isEmpty())
                        .as(route.path())
                        .isEqualTo(WITHOUT_ANSWER.contains(malformed.name()));
            }
            answers.forEach(answer -> check(answer, route, malformed, softly));
        }
        softly.assertAll();
    }

    @Test
    void aReaderOfManyLanguagesGetsThePageInTheFirstOne() {
        var languages = "de-DE,de;q=0.9," + "it,fr,".repeat(200) + "en;q=0.8";
        var answer = portal.browser().withHeader("Accept-Language", languages).get("/sign-in");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("lang=\"de\"");
    }

    @Test
    void aTamperedReturnAddressLeadsToTheStartPage() {
        for (var address : List.of(
                "/[", "/%zz", "/|", "//other.example", "/\\other.example", "https://other.example", "/\u0000")) {
            var cookie = Base64.getUrlEncoder().encodeToString(address.getBytes(StandardCharsets.UTF_8));
            var answer = portal.browser()
                    .withCookie("polaris_return", cookie)
                    .post("/sign-in", Map.of("email", portal.driver().email(), "password", Portal.PASSWORD));
            assertThat(answer.headers().firstValue("Location")).as(address).contains("/");
        }
    }

    private static void check(RawHttp.Answer answer, Route route, Case malformed, SoftAssertions softly) {
        if (HTTP_0_9.contains(malformed.name())) {
            softly.assertThat(answer.head() + answer.body()).as(route.path()).doesNotContain(FOREIGN);
            return;
        }
        softly.assertThat(answer.status()).as(route.path()).isBetween(100, 499);
        if (answer.status() < 400) {
            return;
        }
        softly.assertThat(PROTECTION)
                .as(route.path() + " " + answer.head())
                .allMatch(name -> answer.header(name).isPresent());
        softly.assertThat(answer.head() + answer.body()).as(route.path()).doesNotContain(FOREIGN);
        var type = answer.header("Content-Type").orElse("");
        if (malformed.request().startsWith("HEAD")) {
            return;
        }
        if (type.startsWith("application/problem+json")) {
            softly.assertThat(answer.body()).as(route.path()).contains("\"status\":" + answer.status());
        } else {
            softly.assertThat(type).as(route.path() + " " + answer.head()).startsWith("text/html");
            softly.assertThat(answer.body()).as(route.path()).contains("<h1>");
        }
    }

    private static String request(String line, String headers) {
        return line + "\r\nHost: 127.0.0.1\r\nAUTHAccept: text/html\r\nConnection: close\r\n" + headers + "\r\n";
    }
}
