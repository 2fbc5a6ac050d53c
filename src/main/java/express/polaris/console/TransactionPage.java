package express.polaris.console;

import express.polaris.billing.PriceGaps;
import express.polaris.billing.SessionCost;
import express.polaris.portal.SessionHead;
import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.StuckCause;
import express.polaris.sync.TransactionSync;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.CurveChart;
import express.polaris.web.FieldFaults;
import express.polaris.web.PathId;
import express.polaris.web.RowWindow;
import express.polaris.web.Shell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The page {@code /operator/transactions/{id}}.
 *
 * @param marks why it is stuck, as {@code stuck.silent}; {@code vanished}, {@code reused_id}, flags
 */
public record TransactionPage(
        Shell shell,
        SessionHead head,
        List<String> marks,
        Derivation derivation,
        Facts facts,
        TransactionSync sync,
        long revision,
        Cost cost,
        EnergyView energy,
        Timeline timeline,
        Readings readings,
        List<Note> notes,
        List<AuditItem> audit,
        Form form) {

    public String href() {
        return TransactionListPage.Filter.PATH + "/" + head.id();
    }

    /** Where its idTag is linked to a driver. */
    public String linkHref() {
        return "/operator/cards/link?idTag=" + URLEncoder.encode(facts.idTag(), StandardCharsets.UTF_8);
    }

    public String chargerHref() {
        return PathId.under("/operator/chargers", facts.chargeBoxId());
    }

    /** The page with other events, beside the same readings. */
    public String eventsHref(String window) {
        return href() + "?events=" + window + parameterOf("readings", readings.shown()) + "#events";
    }

    /** The page with other readings, beside the same events. */
    public String readingsHref(String window) {
        return href() + "?readings=" + window + parameterOf("events", timeline.shown()) + "#readings";
    }

    private static String parameterOf(String name, RowWindow.Shown shown) {
        return shown.newer().isPresent() ? "&" + name + "=" + shown.to() : "";
    }

    public boolean canForceClose() {
        return derivation.live();
    }

    /** Where both numbers are worth a look: once it has ended, and while a jump waits for a word. */
    public boolean hasEnergies() {
        return energy.canDecide() || energy.jump();
    }

    /**
     * The two facts that the status is derived from, and what each is known by.
     *
     * @param stoppedAt SteVe's word, by the station's clock
     * @param goneAt when it was found to have vanished from SteVe
     * @param latestAt the instant of the latest event
     * @param closingFault why a closed session has no closing event
     * @param stuck why it seems not to end by itself
     * @param lastReadingAt whether or not it made an event
     */
    public record Derivation(
            boolean live,
            boolean isFinal,
            Optional<Instant> stoppedAt,
            Optional<Instant> goneAt,
            Optional<Instant> latestAt,
            Optional<ClosingFault> closingFault,
            Optional<StuckCause> stuck,
            Optional<Instant> lastReadingAt) {

        /** The text that says why it is stuck, which takes the time of the last reading. */
        public Optional<String> stuckKey() {
            return stuck.map(cause -> "tx.stuck." + cause.wireName());
        }

        /** The text that says why it is not final although it is closed. */
        public Optional<String> closingKey() {
            return closingFault.map(fault -> "tx.derive." + fault.wireName());
        }
    }

    /**
     * What SteVe says, and whose it is.
     *
     * @param chargerName absent where it is the charge box's id
     * @param stopReason as OCPP names it
     * @param stopActor {@code station} or {@code manual}
     * @param average absent for a session that took no time
     */
    public record Facts(
            Optional<PersonLink> driver,
            Optional<String> cardLabel,
            String idTag,
            String chargeBoxId,
            Optional<String> chargerName,
            int connector,
            Instant startedAt,
            Optional<Instant> stoppedAt,
            Optional<String> stopReason,
            Optional<String> stopActor,
            Energy meterStart,
            Optional<Energy> meterStop,
            Energy energy,
            Duration duration,
            Optional<Power> average) {}

    /** @param invoices the numbers of those that have it, oldest first */
    public record Cost(SessionCost cost, Set<PriceGaps.Gap> gaps, List<String> invoices) {}

    /**
     * The events.
     *
     * @param events those that are shown, newest first
     * @param shown which they are
     * @param chart absent with fewer than two
     */
    public record Timeline(List<Event> events, RowWindow.Shown shown, Optional<CurveChart> chart) {}

    /**
     * One event.
     *
     * @param register at its end
     * @param sum of the energy up to it
     * @param cost unrounded; absent when it could not be priced
     */
    public record Event(
            int position,
            Instant measuredAt,
            Instant syncedAt,
            Energy added,
            Energy sum,
            Energy register,
            Optional<Power> power,
            boolean powerDerived,
            Optional<String> soc,
            Optional<Money> cost,
            List<String> flags,
            boolean isFinal,
            boolean sealed) {}

    /**
     * SteVe's last answer.
     *
     * @param readAt when SteVe was asked; absent when no answer is kept
     * @param rows those that are shown, newest first
     * @param shown which they are
     * @param dropped how many rows of other measurands it had, by measurand
     * @param busy the answer is too large to be told while others are being worked on
     */
    public record Readings(
            Optional<Instant> readAt,
            List<Reading> rows,
            RowWindow.Shown shown,
            Map<String, Integer> dropped,
            boolean busy) {}

    /**
     * One row of SteVe's answer.
     *
     * @param number its place among those that are read, from 1
     * @param at its timestamp; absent where it cannot be read
     * @param value as sent, with its unit
     * @param what measurand, phase, location, context and format, as far as sent
     * @param event the event it became or contributed to
     * @param added the energy of that event
     * @param reason its key
     * @param detail what the reason names; empty for most
     */
    public record Reading(
            int number,
            Optional<Instant> at,
            String value,
            List<String> what,
            Optional<EventLink> event,
            Optional<Energy> added,
            String reason,
            String detail) {}

    /** @param href of the page that lists the event */
    public record EventLink(int position, String href) {}

    /** A driver's words about the session. */
    public record Note(Instant at, Optional<PersonLink> driver, String text) {}

    /**
     * Something that was done to it.
     *
     * @param actor absent for the system itself
     * @param details name and value
     */
    public record AuditItem(
            Instant at, Optional<PersonLink> actor, String action, List<Map.Entry<String, String>> details) {}

    /**
     * What was typed into a form that was refused.
     *
     * @param name which form; empty for none
     * @param faults in words
     */
    public record Form(String name, String driver, String reason, FieldFaults faults) {

        public static final Form NONE = new Form("", "", "", FieldFaults.NONE);

        public boolean is(String other) {
            return name.equals(other);
        }

        public String reasonOf(String form) {
            return is(form) ? reason : "";
        }
    }
}
