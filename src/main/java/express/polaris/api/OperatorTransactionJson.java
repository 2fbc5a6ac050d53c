package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import express.polaris.accounts.Account;
import express.polaris.api.live.SessionJson;
import express.polaris.sessions.ChargingSession;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Session as JSON for operators: what its driver sees, plus SteVe's data about the transaction.
 *
 * @param driver null without an owner
 * @param goneFromSteveAt when the transaction was found to have vanished from SteVe
 */
@Schema(name = "OperatorTransaction")
record OperatorTransactionJson(
        @JsonUnwrapped SessionJson session,
        Optional<Owner> driver,
        String idTag,
        BigDecimal startValueWh,
        Optional<BigDecimal> stopValueWh,
        boolean isFinalized,
        Optional<Instant> goneFromSteveAt) {

    record Owner(long id, String name, String email) {

        static Owner of(Account account) {
            return new Owner(account.id().value(), account.name(), account.email());
        }
    }

    static OperatorTransactionJson of(ChargingSession session, SessionJson json, Optional<Account> driver) {
        return new OperatorTransactionJson(
                json,
                driver.map(Owner::of),
                session.idTag().value(),
                json.meterStartWh(),
                json.meterStopWh(),
                !session.isLive(),
                session.goneFromSteveAt());
    }
}
