package express.polaris.steve;

import express.polaris.steve.SteveUnavailable.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Probes SteVe's capabilities without changing anything: each request is a read or so malformed that SteVe rejects it.
 * The status shows whether the endpoint exists (400) or not (403 or 404 for an unknown path).
 */
public final class SteveProbe {

    /** Id that no transaction has: SteVe's keys are 32 bits wide and count from 1. */
    private static final long NOBODYS_ID = Integer.MAX_VALUE;

    private static final String NOT_AN_ID = "abc";
    private static final int MAX_BYTES = 1 << 20;

    private final SteveTransport transport;

    /** Bypasses the client's circuit breakers, because it checks whether SteVe is available. */
    public SteveProbe(SteveClient client) {
        transport = client.transport();
    }

    /** Makes up to four calls, one after the other; does not throw when SteVe is down. */
    public SteveCapabilities probe() {
        try {
            SteveAnswer list = ask("GET", "/transactions", "type=ALL&transactionPk=" + NOBODYS_ID, Optional.empty());
            if (!list.isSuccess()) {
                return new SteveCapabilities.NotReachable(
                        list.refused().getMessage() + " (is POLARIS_STEVE_BASE_URL the address of SteVe?)");
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

    /** Result of a single check. */
    public sealed interface Glance {

        /** SteVe answered. */
        record Answers() implements Glance {}

        /**
         * No usable answer.
         *
         * @param evidence the call and what came of it, in technical English
         */
        record Fails(SteveSymptom symptom, String evidence) implements Glance {

            private static Fails of(SteveUnavailable e) {
                return new Fails(e.symptom(), e.evidence());
            }
        }
    }

    /** Whether SteVe answers a details call, for a transaction that does not exist, within this time. */
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

    /** Makes one list call that ends within this time; does not throw when SteVe is down. */
    public Glance glance(Duration within) {
        SteveCall call = glanceAt("/transactions", "type=ALL&transactionPk=" + NOBODYS_ID, within);
        SteveAnswer list;
        try {
            list = transport.sendUnguarded(call);
        } catch (SteveUnavailable e) {
            return Glance.Fails.of(e);
        }
        if (!list.isSuccess()) {
            return Glance.Fails.of(list.refused());
        }
        try {
            SteveClient.read(list, SteveJson::transactions);
            return new Glance.Answers();
        } catch (SteveUnavailable e) {
            transport.observer().notUnderstood(call, e);
            return Glance.Fails.of(e);
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
