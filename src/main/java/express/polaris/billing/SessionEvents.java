package express.polaris.billing;

import java.util.List;

/**
 * The events of one session, oldest first.
 *
 * @param disputed SteVe's energy is the larger number and no operator has decided: what is not sealed does not count
 */
record SessionEvents(boolean disputed, List<BilledEvent> all) {

    SessionEvents {
        all = List.copyOf(all);
    }

    /** Whether all of them are sealed, and nothing of their price is still to come back. */
    boolean isSettled() {
        return !all.isEmpty()
                && all.stream()
                        .allMatch(event ->
                                event.seal().map(BilledEvent.Seal::isSettled).orElse(false));
    }

    /** Those that take a place in their billing period. */
    List<BilledEvent> counted() {
        return disputed ? all.stream().filter(BilledEvent::isSealed).toList() : all;
    }
}
