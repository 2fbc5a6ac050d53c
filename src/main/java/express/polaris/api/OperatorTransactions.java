package express.polaris.api;

import express.polaris.accounts.Accounts;
import express.polaris.api.live.ApiSessions;
import express.polaris.sessions.ChargingSession;
import java.util.List;
import org.springframework.stereotype.Component;

/** Converts sessions to JSON for operators. */
@Component
class OperatorTransactions {

    private final ApiSessions json;
    private final Accounts accounts;

    OperatorTransactions(ApiSessions json, Accounts accounts) {
        this.json = json;
        this.accounts = accounts;
    }

    OperatorTransaction of(ChargingSession session) {
        return of(List.of(session)).getFirst();
    }

    /** Keeps the order; takes a constant number of queries. */
    List<OperatorTransaction> of(List<ChargingSession> page) {
        var drivers = accounts.findAll(
                page.stream().flatMap(session -> session.driver().stream()).toList());
        var said = json.of(page).iterator();
        return page.stream()
                .map(session -> OperatorTransaction.of(
                        session, said.next(), session.driver().map(drivers::get)))
                .toList();
    }
}
