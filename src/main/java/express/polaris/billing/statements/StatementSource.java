package express.polaris.billing.statements;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.Completeness;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the sessions that statements are made of. */
@Repository
class StatementSource {

    private final JdbcClient jdbc;
    private final SessionService sessions;
    private final ChargerService chargers;
    private final Completeness completeness;

    StatementSource(JdbcClient jdbc, SessionService sessions, ChargerService chargers, Completeness completeness) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.chargers = chargers;
        this.completeness = completeness;
    }

    /**
     * Returns the driver's ended sessions at home that started at this instant or later, and those that were stated.
     * Marks decide for sessions without a statement only.
     */
    List<HomeSession> sessions(AccountId driver, List<HomeMark> home, Instant from, Collection<SessionId> stated) {
        var boxes = home.stream()
                .flatMap(mark -> mark instanceof HomeMark.AtChargeBox at
                        ? Optional.of(at.id().value().toLowerCase(Locale.ROOT)).stream()
                        : Optional.<String>empty().stream())
                .toArray(String[]::new);
        var cards = home.stream()
                .flatMap(mark -> mark instanceof HomeMark.WithCard with
                        ? Optional.of(with.id().value()).stream()
                        : Optional.<Long>empty().stream())
                .toArray(Long[]::new);
        var ids = jdbc.sql("""
            select steve_transaction_id from transaction_sync_state
             where driver_id = :driver and is_finalized and started_at >= :from
               and (lower(charge_box_id) = any(:boxes) or ev_card_id = any(:cards))
            union
            select steve_transaction_id from transaction_sync_state
             where steve_transaction_id = any(:stated) and is_finalized
            """)
                .param("driver", driver.value())
                .param("from", SqlTime.utc(from))
                .param("boxes", boxes)
                .param("cards", cards)
                .param("stated", stated.stream().map(SessionId::value).toArray(Long[]::new))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
        return sessions.find(ids).stream()
                .filter(session -> !session.isLive())
                .map(session -> HomeSession.of(
                        session, nameOf(session), session.driver().equals(Optional.of(driver))))
                .toList();
    }

    /**
     * Whether the driver's energy up to this instant may be incomplete: SteVe's list has not been compared since, or a
     * session that is not final has not been read since.
     */
    boolean isIncomplete(AccountId driver, Instant end) {
        if (completeness.comparedAt().filter(end::isBefore).isEmpty()) {
            return true;
        }
        return jdbc.sql("""
            select exists (
                select from transaction_sync_state
                 where driver_id = :driver and started_at < :end and gone_from_steve_at is null
                   and (last_read_at is null or not is_finalized and last_read_at <= :end))
            """)
                .param("driver", driver.value())
                .param("end", SqlTime.utc(end))
                .query(Boolean.class)
                .single();
    }

    /** Whether the driver has a session at this charge box. */
    boolean hasCharged(AccountId driver, String chargeBoxId) {
        return jdbc.sql("""
            select exists (select from transaction_sync_state
                            where driver_id = ? and lower(charge_box_id) = lower(?))
            """)
                .params(driver.value(), chargeBoxId)
                .query(Boolean.class)
                .single();
    }

    private String nameOf(ChargingSession session) {
        return chargers.find(session.chargeBoxId())
                .map(Charger::name)
                .filter(name -> !name.isBlank())
                .orElse(session.chargeBoxId().value());
    }
}
