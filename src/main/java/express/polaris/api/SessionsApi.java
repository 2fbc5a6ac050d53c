package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.api.live.ReadingJson;
import express.polaris.api.live.SessionJson;
import express.polaris.api.live.SessionJsonWriter;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionCursor;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionReason;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.chargers.RemoteStopService;
import express.polaris.web.Spool;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The driver's sessions. Checks the owner before it reads anything else. */
@RestController
@RequestMapping("/api/v1/sessions")
class SessionsApi {

    /** Bounds of a cursor's start: PostgreSQL can compare them, and no session starts outside. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final SessionService sessions;
    private final SessionJsonWriter json;
    private final RemoteStopService stops;
    private final CardService cards;
    private final Snapshot snapshot;
    private final JsonMapper mapper;

    SessionsApi(
            SessionService sessions,
            SessionJsonWriter json,
            RemoteStopService stops,
            CardService cards,
            Snapshot snapshot,
            JsonMapper mapper) {
        this.sessions = sessions;
        this.json = json;
        this.stops = stops;
        this.cards = cards;
        this.snapshot = snapshot;
        this.mapper = mapper;
    }

    /** Documents the response only. It is streamed, because a session may have hundreds of thousands of readings. */
    record Timeline(List<ReadingJson> items) {}

    @GetMapping
    @Operation(summary = "Your sessions, newest first")
    CursorPage<SessionJson> list(
            @ParameterObject @ModelAttribute SessionQuery query,
            @RequestParam Optional<String> limit,
            @RequestParam Optional<String> cursor,
            @SignedInAccount Account account) {
        var filter = query.filter(account);
        var slice = sessions.list(filter, cursor.map(SessionsApi::parse), CursorPage.limit(limit));
        return new CursorPage<>(json.of(slice.sessions()), slice.next().map(SessionCursor::encoded));
    }

    @GetMapping("/{id}")
    @Operation(summary = "One session")
    SessionJson session(@PathVariable String id, @SignedInAccount Account account) {
        return json.of(owned(id, account));
    }

    @GetMapping("/{id}/timeline")
    @Operation(summary = "Energy added by each reading of a session, oldest first")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Timeline.class)))
    void timeline(@PathVariable String id, @SignedInAccount Account account, HttpServletResponse response)
            throws IOException {
        try (var spool = new Spool();
                var generator = mapper.createGenerator(spool)) {
            snapshot.of(() -> {
                var session = owned(id, account);
                generator.writeStartObject();
                generator.writeArrayPropertyStart("items");
                json.forEachReading(session, generator::writePOJO);
                generator.writeEndArray();
                generator.writeEndObject();
                generator.flush();
                return session.id();
            });
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            spool.sendTo(response.getOutputStream());
        }
    }

    @PostMapping("/{id}/stop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Ask the charger to end a session")
    CommandAnswer stop(@PathVariable String id, @SignedInAccount Account account) {
        var session = owned(id, account);
        if (session.card().flatMap(card -> cards.openCard(account.id(), card)).isEmpty()) {
            throw new NotFound();
        }
        if (!session.isLive()) {
            throw new Conflict(SessionReason.NOT_ACTIVE.with(session.id()));
        }
        if (sessions.hasReusedId(session.id())) {
            throw new Conflict(SessionReason.ID_REUSED.with(session.id()));
        }
        return CommandAnswer.of(stops.stop(session.chargeBoxId(), session.id().value()));
    }

    private ChargingSession owned(String id, Account account) {
        return SessionId.parse(id)
                .flatMap(session -> sessions.find(session, account.id()))
                .orElseThrow(NotFound::new);
    }

    static SessionCursor parse(String text) {
        return SessionCursor.parse(text)
                .filter(cursor ->
                        cursor.startedAt().isAfter(FIRST) && cursor.startedAt().isBefore(LAST))
                .orElseThrow(CursorPage::badCursor);
    }
}
