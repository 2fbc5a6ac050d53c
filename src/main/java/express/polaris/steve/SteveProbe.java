package express.polaris.steve;

import express.polaris.steve.SteveUnavailable.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what SteVe can do. Nothing changes in SteVe by it: each request is either a read or so malformed that SteVe
 * refuses it, and how it refuses tells whether the endpoint is there (400) or not (403 or 404 for an unknown path).
 */
public final class SteveProbe {

    /** SteVe's keys are 32 bits wide and count from 1: nobody has this one. */
    private static final long NOBODYS_ID = Integer.MAX_VALUE;

    private static final String NOT_AN_ID = "abc";
    private static final int MAX_BYTES = 1 << 20;

    private final SteveTransport transport;

    /** Asks past the client's circuit breakers: the question is whether SteVe is there. */
    public SteveProbe(SteveClient client) {
        transport = client.transport();
    }

    /** Makes four calls, one after the other; throws nothing when SteVe is down. */
    public SteveCapabilities probe() {
        try {
            SteveAnswer list = ask("GET", "/transactions", "type=ALL&transactionPk=" + NOBODYS_ID, Optional.empty());
            if (!list.isSuccess()) {
                return new SteveCapabilities.NotReachable(
                        list.refused().getMessage() + " (is the base URL that of SteVe?)");
            }
            SteveClient.read(list, SteveJson::transactions);
            return capabilities();
        } catch (SteveUnavailable e) {
            String detail = String.valueOf(e.getMessage());
            return e.reason() == Reason.NOT_AUTHORISED
                    ? new SteveCapabilities.NotAuthorised(detail)
                    : new SteveCapabilities.NotReachable(detail);
        }
    }

    /** What one question found out. */
    public sealed interface Glance {

        /** SteVe answered. */
        record Answers() implements Glance {}

        /** @param reason why its answer is of no use, or there is none */
        record Fails(Reason reason) implements Glance {}
    }

    /** Whether it answers a call for details, by one that ends within this time and names nobody's transaction. */
    public boolean givesDetails(Duration within) {
        try {
            transport.sendUnguarded(glanceAt("/transactions/" + NOBODYS_ID, "energyValuesOnly=true", within));
            return true;
        } catch (SteveUnavailable e) {
            return !SteveTransport.saysThatSteveIsDown(e.reason());
        }
    }

    private static SteveCall glanceAt(String path, String query, Duration within) {
        return new SteveCall("GET", path, query, Optional.empty(), "SteVe's JSON", within, MAX_BYTES);
    }

    /** Makes one call that ends within this time, whatever SteVe does; throws nothing when SteVe is down. */
    public Glance glance(Duration within) {
        try {
            SteveAnswer list =
                    transport.sendUnguarded(glanceAt("/transactions", "type=ALL&transactionPk=" + NOBODYS_ID, within));
            if (!list.isSuccess()) {
                return new Glance.Fails(Reason.REFUSED);
            }
            SteveClient.read(list, SteveJson::transactions);
            return new Glance.Answers();
        } catch (SteveUnavailable e) {
            return new Glance.Fails(e.reason());
        }
    }

    private SteveCapabilities capabilities() {
        List<String> missing = new ArrayList<>();
        if (!has(ask("POST", "/operations/RemoteStartTransaction", "", Optional.of("{}")))) {
            missing.add("remote operations (since 3.11)");
        }
        SteveAnswer details = ask("GET", "/transactions/" + NOBODYS_ID, "energyValuesOnly=maybe", Optional.empty());
        boolean ignoresTheParameter = details.status() == 404
                && details.error()
                        .filter(error -> error.message().contains("'" + NOBODYS_ID + "'"))
                        .isPresent();
        if (!has(details) && !ignoresTheParameter) {
            missing.add("transaction details (since 3.12)");
        }
        if (!has(ask("PATCH", "/transactions/" + NOT_AN_ID + "/stop", "", Optional.empty()))) {
            missing.add("stopping a transaction (since 3.12)");
        }
        if (!has(details)) {
            missing.add("energyValuesOnly (since 3.13)");
        }
        return missing.isEmpty() ? new SteveCapabilities.Complete() : new SteveCapabilities.TooOld(missing);
    }

    private static boolean has(SteveAnswer answer) {
        return answer.status() == 400;
    }

    private SteveAnswer ask(String method, String path, String query, Optional<String> json) {
        return transport.sendUnguarded(new SteveCall(
                method,
                path,
                query,
                json,
                "SteVe's JSON",
                transport.settings().limits().detailsTimeout(),
                MAX_BYTES));
    }
}
