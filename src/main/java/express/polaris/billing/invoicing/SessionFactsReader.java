package express.polaris.billing.invoicing;

import express.polaris.billing.invoicing.LineSubject.SessionFacts;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what an invoice says about its sessions: one query for all of an invoice. */
@Repository
class SessionFactsReader {

    private final JdbcClient jdbc;

    SessionFactsReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds the facts to the lines that are about a session. */
    List<InvoiceLine> added(List<InvoiceLine> lines) {
        var sessions = lines.stream()
                .filter(line -> line.kind() == InvoiceLine.Kind.SESSION || line.kind() == InvoiceLine.Kind.ADJUSTMENT)
                .flatMap(line -> line.session().stream())
                .distinct()
                .toList();
        if (sessions.isEmpty()) {
            return lines;
        }
        var facts = of(sessions);
        return lines.stream()
                .map(line -> switch (line.subject()) {
                    case LineSubject.OneSession(var id, var none) ->
                        line.about(new LineSubject.OneSession(id, none.or(() -> Optional.ofNullable(facts.get(id)))));
                    case LineSubject.LateEnergy(var id, var from, var none) ->
                        line.about(new LineSubject.LateEnergy(
                                id, from, none.or(() -> Optional.ofNullable(facts.get(id)))));
                    case LineSubject.LateUsage(var id, var from, var fee, var none) ->
                        line.about(new LineSubject.LateUsage(
                                id, from, fee, none.or(() -> Optional.ofNullable(facts.get(id)))));
                    default -> line;
                })
                .toList();
    }

    private Map<SessionId, SessionFacts> of(List<SessionId> sessions) {
        var facts = new HashMap<SessionId, SessionFacts>();
        jdbc.sql("""
            select s.steve_transaction_id, s.started_at, s.stopped_at, c.location, k.label,
                   coalesce(nullif(btrim(c.name), ''), s.charge_box_id) as charger
              from transaction_sync_state s
              left join chargers c on lower(c.charge_box_id) = lower(s.charge_box_id)
              left join ev_cards k on k.id = s.ev_card_id
             where s.steve_transaction_id = any(?)
            """)
                .param(sessions.stream().map(SessionId::value).toArray(Long[]::new))
                .query(row -> {
                    facts.put(
                            new SessionId(row.getLong("steve_transaction_id")),
                            new SessionFacts(
                                    SqlTime.required(row, "started_at"),
                                    SqlTime.instant(row, "stopped_at"),
                                    present(row.getString("charger")),
                                    present(row.getString("location")),
                                    present(row.getString("label"))));
                });
        return facts;
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isBlank());
    }
}
