package express.polaris.testing;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * An issuer of single sign-on with RSA keys, over HTTP. Whoever comes is signed in as the person of the moment. It checks
 * what a portal has to send: client, secret, redirect address, code verifier, and that a code is used once.
 */
public final class StubIssuer implements AutoCloseable {

    public static final String CLIENT = "polaris";
    public static final String SECRET = "the client's secret";

    private static final Duration FOREVER = Duration.ofDays(1000);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param session the issuer's own sign-in
     */
    public record Person(
            String subject, String email, boolean verified, String name, List<String> groups, String session) {

        public static Person of(String email, String... groups) {
            return new Person(
                    UUID.randomUUID().toString(),
                    email,
                    true,
                    "Person of the issuer",
                    List.of(groups),
                    UUID.randomUUID().toString());
        }

        public Person with(String... others) {
            return new Person(subject, email, verified, name, List.of(others), session);
        }

        public Person withEmail(String other) {
            return new Person(subject, other, verified, name, groups, session);
        }

        public Person unverified() {
            return new Person(subject, email, false, name, groups, session);
        }
    }

    private record Login(Person person, String nonce, String challenge, String redirectUri) {}

    private final TokenKey key = new TokenKey();
    private final HttpServer server;
    private final Map<String, Login> codes = new ConcurrentHashMap<>();
    private final Map<String, Person> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, Instant> refreshTokensEnd = new ConcurrentHashMap<>();
    private final Map<String, Person> accessTokens = new ConcurrentHashMap<>();
    private final Queue<String> exchanges = new ConcurrentLinkedQueue<>();
    private final Queue<String> refreshes = new ConcurrentLinkedQueue<>();
    private final Queue<Map<String, String>> signOuts = new ConcurrentLinkedQueue<>();
    private volatile Clock clock = Clock.systemUTC();
    private volatile Person person = Person.of("nobody@people.example");
    private volatile Consumer<JWTClaimsSet.Builder> change = claims -> {};
    private volatile TokenKey signing = key;
    private volatile String declined = "";
    private volatile String browsersAt = "";
    private volatile boolean givesRefreshTokens = true;
    private volatile Duration refreshTokenLife = FOREVER;
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private volatile boolean terse;
    private volatile boolean down;

    public StubIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Forgets what earlier tests have asked for. */
    public void reset(Clock now) {
        clock = now;
        change = claims -> {};
        signing = key;
        declined = "";
        givesRefreshTokens = true;
        refreshTokenLife = FOREVER;
        terse = false;
        down = false;
        exchanges.clear();
        refreshes.clear();
        signOuts.clear();
    }

    /** From now on everybody is this person, also when a sign-in is refreshed. */
    public void person(Person now) {
        person = now;
        refreshTokens.replaceAll((token, before) -> before.subject().equals(now.subject()) ? now : before);
    }

    /** Takes all refresh tokens back. */
    public void revoke() {
        refreshTokens.clear();
    }

    /** Changes the claims of ID tokens. */
    public void lie(Consumer<JWTClaimsSet.Builder> lie) {
        change = lie;
    }

    /** Signs with a key that it does not publish. */
    public void signWithAnotherKey() {
        signing = new TokenKey();
    }

    /** Sends people back with an error. */
    public void decline(String error) {
        declined = error;
    }

    public void withoutRefreshTokens() {
        givesRefreshTokens = false;
    }

    /** How long refresh tokens live that are given from now on. */
    public void refreshTokensLive(Duration life) {
        refreshTokenLife = life;
    }

    /** Answers requests to refresh only when the latch that it returns is counted down. */
    public CountDownLatch holdRefreshes() {
        answers = new CountDownLatch(1);
        return answers;
    }

    /** ID tokens have the subject only, and refreshed answers none at all; the rest is in the user info. */
    public void terse() {
        terse = true;
    }

    /** Sends browsers back to this address instead of the portal's public one. */
    public void sendBrowsersTo(String address) {
        browsersAt = address;
    }

    /** Closes connections without an answer. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** Number of codes that a portal wanted tokens for. */
    public int exchanges() {
        return exchanges.size();
    }

    public int refreshes() {
        return refreshes.size();
    }

    /** Parameters of the sign-outs that browsers were sent here for. */
    public List<Map<String, String>> signOuts() {
        return List.copyOf(signOuts);
    }

    /** A logout token about this person (OpenID Connect Back-Channel Logout 1.0, section 2.4). */
    public String logoutToken(Person about, Consumer<JWTClaimsSet.Builder> changed) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(CLIENT)
                .subject(about.subject())
                .claim("sid", about.session())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(120)))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        changed.accept(claims);
        return signing.signed(claims.build(), new JOSEObjectType("logout+jwt"));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (down) {
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> json(exchange, 200, document());
                case "/keys" -> json(exchange, 200, key.published());
                case "/authorize" ->
                    authorize(exchange, parameters(exchange.getRequestURI().getRawQuery()));
                case "/token" -> token(exchange, parameters(body(exchange)));
                case "/userinfo" -> userInfo(exchange);
                case "/end" -> end(exchange, parameters(exchange.getRequestURI().getRawQuery()));
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", url());
        document.put("authorization_endpoint", url() + "/authorize");
        document.put("token_endpoint", url() + "/token");
        document.put("userinfo_endpoint", url() + "/userinfo");
        document.put("jwks_uri", url() + "/keys");
        document.put("end_session_endpoint", url() + "/end");
        document.put("subject_types_supported", List.of("public"));
        document.put("response_types_supported", List.of("code"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256", "none"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("backchannel_logout_supported", true);
        return document;
    }

    private void authorize(HttpExchange exchange, Map<String, String> asked) throws IOException {
        var redirect = String.valueOf(asked.get("redirect_uri"));
        boolean fit = CLIENT.equals(asked.get("client_id"))
                && "code".equals(asked.get("response_type"))
                && "S256".equals(asked.get("code_challenge_method"))
                && List.of(String.valueOf(asked.get("scope")).split(" ")).contains("openid")
                && redirect.endsWith("/sign-in/oidc/callback")
                && asked.containsKey("state")
                && asked.containsKey("nonce");
        if (!fit) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        var back = browsersAt.isEmpty()
                ? redirect
                : browsersAt + URI.create(redirect).getPath();
        var answer = declined.isEmpty() ? "code=" + newCode(asked) : "error=" + declined;
        exchange.getResponseHeaders()
                .set("Location", back + "?" + answer + "&state=" + encoded(String.valueOf(asked.get("state"))));
        exchange.sendResponseHeaders(303, -1);
    }

    private String newCode(Map<String, String> asked) {
        var code = UUID.randomUUID().toString();
        codes.put(
                code,
                new Login(
                        person,
                        String.valueOf(asked.get("nonce")),
                        String.valueOf(asked.get("code_challenge")),
                        String.valueOf(asked.get("redirect_uri"))));
        return code;
    }

    private void token(HttpExchange exchange, Map<String, String> asked) throws IOException {
        var basic = encoded(CLIENT) + ":" + encoded(SECRET);
        var right = "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
        if (!right.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            json(exchange, 401, Map.of("error", "invalid_client"));
        } else if ("refresh_token".equals(asked.get("grant_type"))) {
            var token = String.valueOf(asked.get("refresh_token"));
            var who = refreshTokens.remove(token);
            var end = refreshTokensEnd.remove(token);
            refreshes.add("refresh");
            awaitAnswers();
            if (who == null || end == null || !clock.instant().isBefore(end)) {
                json(exchange, 400, Map.of("error", "invalid_grant"));
            } else {
                json(exchange, 200, tokens(who, ""));
            }
        } else {
            exchanges.add("code");
            var login = codes.remove(String.valueOf(asked.get("code")));
            if (login == null
                    || !login.redirectUri().equals(asked.get("redirect_uri"))
                    || !login.challenge().equals(sha256(String.valueOf(asked.get("code_verifier"))))) {
                json(exchange, 400, Map.of("error", "invalid_grant"));
            } else {
                json(exchange, 200, tokens(login.person(), login.nonce()));
            }
        }
    }

    private void awaitAnswers() {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> tokens(Person who, String nonce) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(url())
                .subject(who.subject())
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        if (!nonce.isEmpty()) {
            claims.claim("nonce", nonce);
        }
        claims.claim("sid", who.session());
        if (!terse) {
            claimsOf(who).forEach(claims::claim);
        }
        change.accept(claims);
        var access = UUID.randomUUID().toString();
        accessTokens.put(access, who);
        var tokens = new LinkedHashMap<String, Object>();
        tokens.put("access_token", access);
        tokens.put("token_type", "Bearer");
        tokens.put("expires_in", 300);
        if (!terse || !nonce.isEmpty()) {
            tokens.put("id_token", signing.signed(claims.build(), JOSEObjectType.JWT));
        }
        if (givesRefreshTokens) {
            var refresh = UUID.randomUUID().toString();
            refreshTokens.put(refresh, who);
            refreshTokensEnd.put(refresh, now.plus(refreshTokenLife));
            tokens.put("refresh_token", refresh);
        }
        return tokens;
    }

    private void userInfo(HttpExchange exchange) throws IOException {
        var token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .replace("Bearer ", "");
        var who = accessTokens.get(token);
        if (who == null) {
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        var claims = new LinkedHashMap<>(claimsOf(who));
        claims.put("sub", who.subject());
        json(exchange, 200, claims);
    }

    private static Map<String, Object> claimsOf(Person who) {
        return Map.of(
                "email", who.email(),
                "email_verified", who.verified(),
                "name", who.name(),
                "groups", who.groups());
    }

    private void end(HttpExchange exchange, Map<String, String> asked) throws IOException {
        signOuts.add(asked);
        var back = String.valueOf(asked.get("post_logout_redirect_uri"));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        browsersAt.isEmpty()
                                ? back
                                : browsersAt + URI.create(back).getPath());
        exchange.sendResponseHeaders(303, -1);
    }

    private static String sha256(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void json(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : query.split("&")) {
            var parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
