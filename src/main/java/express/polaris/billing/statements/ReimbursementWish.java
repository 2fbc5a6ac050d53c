package express.polaris.billing.statements;

import java.util.List;
import java.util.Optional;

/** Terms as given in a form or by an API client, not checked yet. */
public record ReimbursementWish(
        Optional<String> employer,
        Optional<String> vehicle,
        Optional<String> plate,
        Optional<String> reference,
        Optional<String> sendTo,
        List<Rate> rates,
        List<Home> home) {

    public ReimbursementWish {
        rates = List.copyOf(rates);
        home = List.copyOf(home);
    }

    /**
     * A rate, with days like {@code 2026-01-01} and an amount like {@code 0.34}.
     *
     * @param kind {@code fixed} or {@code household}; absent = {@code fixed}
     */
    public record Rate(Optional<String> from, Optional<String> to, Optional<String> amount, Optional<String> kind) {}

    /** A charge box or a card. */
    public record Home(Optional<String> chargeBoxId, Optional<Long> cardId) {}

    @Override
    public String toString() {
        return "ReimbursementWish";
    }
}
