package express.polaris.api.live;

import express.polaris.accounts.SignedIn;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sessions as server-sent events. The request of a stream collects what the reader gets first; then its connection is
 * the stream's ({@link LiveConnection}), and the request is over.
 */
@RestController
class LiveApi {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Duration OVERLAP = Duration.ofSeconds(30);
    private static final Duration LONGEST_GAP = Duration.ofDays(7);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final SessionService sessions;
    private final LiveFeed feed;
    private final Clock clock;

    LiveApi(SessionService sessions, LiveFeed feed, Clock clock) {
        this.sessions = sessions;
        this.feed = feed;
        this.clock = clock;
    }

    @GetMapping("/api/v1/sessions/{id}/stream")
    @Operation(
            summary = "Live updates of one session",
            description = "Server-sent events: `session` first, then `meter`, `session` and `timeline`; ends with the"
                    + " `session` event of the completed session.")
    @ApiResponse(
            responseCode = "200",
            description = "Events until the session is completed",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "You already have the completed session")
    void session(
            @PathVariable String id,
            @RequestHeader(LAST_EVENT_ID) Optional<String> lastEventId,
            @AuthenticationPrincipal SignedIn reader,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException {
        var session = SessionId.parse(id)
                .flatMap(known -> sessions.find(known, reader.account().id()))
                .orElseThrow(NotFound::new);
        boolean hasAll = session.status() == SessionStatus.COMPLETED
                && lastEventId.equals(Optional.of(Long.toString(session.revision())));
        if (hasAll) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        stream(reader, Optional.of(session.id()), clock.instant(), request, response);
    }

    @GetMapping("/api/v1/stream")
    @Operation(
            summary = "Live updates of all your sessions",
            description = "Server-sent events as for one session; starts with the sessions in progress, or with"
                    + " the latest one. New sessions are added automatically; one that is not yours any more gets a"
                    + " `timeline` event, after which it cannot be fetched.")
    @ApiResponse(
            responseCode = "200",
            description = "Events until you close the stream",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    void all(
            @RequestHeader(LAST_EVENT_ID) Optional<String> lastEventId,
            @AuthenticationPrincipal SignedIn reader,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException {
        var now = clock.instant();
        var since = lastEventId
                .flatMap(LiveEvent::brokenOffAt)
                .filter(millis -> millis <= now.toEpochMilli())
                .map(millis -> latest(Instant.ofEpochMilli(millis).minus(OVERLAP), now.minus(LONGEST_GAP)))
                .orElse(now);
        stream(reader, Optional.empty(), since, request, response);
    }

    private void stream(
            SignedIn reader,
            Optional<SessionId> session,
            Instant changedSince,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Proxies such as nginx would otherwise buffer events.
        response.setHeader("X-Accel-Buffering", "no");
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        // Of use to a refusal alone.
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
        var stream = feed.open(reader, session, changedSince);
        response.setHeader(HttpHeaders.RETRY_AFTER, null);
        boolean handedOver = false;
        try {
            // The answer has no length: it ends with the connection.
            response.setHeader(HttpHeaders.CONNECTION, "close");
            response.flushBuffer();
            request.upgrade(LiveConnection.class).serve(stream);
            handedOver = true;
        } finally {
            if (!handedOver) {
                stream.end();
            }
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
