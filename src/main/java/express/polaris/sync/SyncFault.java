package express.polaris.sync;

import express.polaris.platform.refusals.Wording;
import express.polaris.sessions.TransactionFacts;
import express.polaris.steve.SteveSymptom;
import express.polaris.steve.SteveUnavailable;
import express.polaris.steve.SteveUnavailable.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reason why sync could not apply something.
 *
 * @param detail about SteVe's answer, the network or the database, in technical English that is not translated
 */
public record SyncFault(Wording wording, Optional<String> detail) {

    private static final int LONGEST_DETAIL = 1000;

    /** Reasons that are resolved once SteVe answers again. */
    static final List<String> OVER_WHEN_STEVE_ANSWERS = Stream.concat(
                    Arrays.stream(SteveSymptom.values()).map(SyncReason::of), Stream.of(SyncReason.DISCOVERY_FAILED))
            .map(SyncReason::name)
            .toList();

    private static final List<SyncReason> OUTAGES = Arrays.stream(SteveSymptom.values())
            .filter(symptom -> SteveUnavailable.saysThatSteveIsAway(symptom.reason()))
            .map(SyncReason::of)
            .toList();

    public SyncFault {
        detail = detail.map(text -> storable(text.substring(0, Math.min(text.length(), LONGEST_DETAIL))));
    }

    /** Short text that is the same for equal faults, whatever their sentences are. */
    public String fingerprint() {
        return Integer.toHexString(FaultJson.of(this).hashCode());
    }

    static SyncFault of(Wording wording) {
        return new SyncFault(wording, Optional.empty());
    }

    static SyncFault of(Wording wording, String detail) {
        return new SyncFault(wording, Optional.of(detail));
    }

    static SyncFault of(SteveUnavailable e) {
        var wording = SyncReason.of(e.symptom()).with();
        return e.reason() == Reason.CIRCUIT_OPEN
                ? of(wording)
                : new SyncFault(wording, Optional.ofNullable(e.getMessage()));
    }

    /** SteVe has a different transaction under a known id. */
    static SyncFault conflict(TransactionFacts known, TransactionFacts found) {
        return of(SyncReason.CONFLICT.with(
                found.id().value(),
                storable(known.chargeBoxId()),
                known.connectorId(),
                known.startedAt(),
                known.startValue().wattHours().toPlainString(),
                storable(found.chargeBoxId()),
                found.connectorId(),
                found.startedAt(),
                found.startValue().wattHours().toPlainString()));
    }

    /** Embeds this fault in another sentence; the detail follows that sentence. */
    SyncFault within(SyncReason outer, Object first) {
        return new SyncFault(outer.with(first, wording), detail);
    }

    /** What the call that failed shows about SteVe; empty if the fault is about something else. */
    public Optional<SteveSymptom> symptom() {
        return Arrays.stream(SteveSymptom.values())
                .filter(symptom -> SyncReason.of(symptom) == wording.reason())
                .findFirst();
    }

    /** Whether SteVe was unavailable, as opposed to a single unusable answer. */
    boolean tellsOfAnOutage() {
        return wording.reason() instanceof SyncReason reason && OUTAGES.contains(reason);
    }

    /** English sentence for API clients and the English pages, with the detail. */
    public String english() {
        return wording.english() + detail.map(text -> ": " + text).orElse("");
    }

    /** PostgreSQL cannot store the character U+0000. */
    private static String storable(String text) {
        return text.replace('\0', ' ');
    }
}
