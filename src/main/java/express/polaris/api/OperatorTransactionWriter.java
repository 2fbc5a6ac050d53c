package express.polaris.api;

import express.polaris.accounts.AccountService;
import express.polaris.api.live.SessionJsonWriter;
import express.polaris.sessions.ChargingSession;
import java.util.List;
import org.springframework.stereotype.Component;

/** Converts sessions to JSON for operators. */
@Component
class OperatorTransactionWriter {

    private final SessionJsonWriter json;
    private final AccountService accounts;

    OperatorTransactionWriter(SessionJsonWriter json, AccountService accounts) {
        this.json = json;
        this.accounts = accounts;
    }

    OperatorTransactionJson of(ChargingSession session) {
        return of(List.of(session)).getFirst();
    }

    /** Keeps the order; takes a constant number of queries. */
    List<OperatorTransactionJson> of(List<ChargingSession> page) {
        var drivers = accounts.findAll(
                page.stream().flatMap(session -> session.driver().stream()).toList());
        var said = json.of(page).iterator();
        return page.stream()
                .map(session -> OperatorTransactionJson.of(
                        session, said.next(), session.driver().map(drivers::get)))
                .toList();
    }
}
