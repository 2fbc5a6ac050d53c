package express.polaris.stations.chargers;

import express.polaris.accounts.AccountId;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Refusal;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.platform.sql.SqlTime;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.StartRequest.Answer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Remote-start requests from forms. Each form is sent once, however often and to whichever node it is submitted, and is
 * processed in the background while the driver's page polls. A new form is a retry: it is sent again after a rejection
 * or timeout, but not after an accepted start. Safe on several nodes: the form's id is the primary key, and the node
 * that inserts the row sends the start.
 */
@Service
public class StartRequestService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StartRequestService.class);

    private final RemoteStartService starts;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    StartRequestService(RemoteStartService starts, JdbcClient jdbc, Clock clock) {
        this.starts = starts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Sends the start and returns at once.
     *
     * @param id id of the form; an id that was sent before sends nothing
     * @throws Refusal like {@link RemoteStartService#start}, if the start is not sent
     */
    public void send(UUID id, AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId card) {
        if (find(id, driver).isPresent()) {
            return;
        }
        starts.check(driver, chargeBox, connector, card);
        if (insert(id, driver, chargeBox, connector, card)) {
            calls.execute(() -> work(id, driver, chargeBox, connector, card));
        } else if (find(id, driver).isEmpty()) {
            throw new NotFound();
        }
    }

    /**
     * The driver's request. Unanswered for longer than a start can take, it counts as timed out, because its node was
     * killed.
     */
    public Optional<StartRequest> find(UUID id, AccountId driver) {
        return jdbc.sql("select * from start_requests where id = :id and driver_id = :driver")
                .param("id", id)
                .param("driver", driver.value())
                .query(this::request)
                .optional();
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }

    private void work(UUID id, AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId card) {
        try {
            finish(id, answer(driver, chargeBox, connector, card));
        } catch (RuntimeException e) {
            log.error("Start request {} of driver {} failed", id, driver, e);
            finish(id, Answer.TIMEOUT);
        }
    }

    private Answer answer(AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId card) {
        try {
            return switch (starts.tryAgain(driver, chargeBox, connector, card).kind()) {
                case ACCEPTED -> Answer.ACCEPTED;
                case REJECTED -> Answer.REJECTED;
                case UNREACHABLE -> Answer.UNREACHABLE;
                case TIMEOUT -> Answer.TIMEOUT;
            };
        } catch (Unavailable steveDown) {
            return Answer.STEVE_DOWN;
        } catch (Refusal refusal) {
            // What was checked before sending may have changed since.
            return Answer.CARD_REFUSED;
        }
    }

    private boolean insert(
            UUID id, AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId card) {
        return jdbc.sql("""
            insert into start_requests (id, driver_id, charge_box, connector_id, ev_card_id, requested_at)
            values (:id, :driver, :box, :connector, :card, :now)
            on conflict (id) do nothing
            """)
                        .param("id", id)
                        .param("driver", driver.value())
                        .param("box", chargeBox.value())
                        .param("connector", connector.orElse(null), Types.INTEGER)
                        .param("card", card.value())
                        .param("now", SqlTime.utc(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                        .update()
                == 1;
    }

    private void finish(UUID id, Answer answer) {
        jdbc.sql("update start_requests set answer = :answer where id = :id")
                .param("answer", answer.name())
                .param("id", id)
                .update();
    }

    private StartRequest request(ResultSet row, int number) throws SQLException {
        int connector = row.getInt("connector_id");
        var chosen = row.wasNull() ? Optional.<Integer>empty() : Optional.of(connector);
        var requestedAt = SqlTime.required(row, "requested_at");
        boolean late = requestedAt.plus(RemoteStartService.LONGEST).isBefore(clock.instant());
        return new StartRequest(
                row.getObject("id", UUID.class),
                new ChargeBoxId(row.getString("charge_box")),
                chosen,
                new EvCardId(row.getLong("ev_card_id")),
                requestedAt,
                Optional.ofNullable(row.getString("answer"))
                        .map(Answer::valueOf)
                        .or(() -> late ? Optional.of(Answer.TIMEOUT) : Optional.empty()));
    }
}
