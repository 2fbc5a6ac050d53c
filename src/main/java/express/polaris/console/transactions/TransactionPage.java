package express.polaris.console.transactions;

import express.polaris.billing.cost.SessionCost;
import express.polaris.console.PersonLink;
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
import express.polaris.web.views.CostLineView;
import express.polaris.web.views.SessionHead;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Page {@code /operator/transactions/{id}}.
 *
 * @param marks stuck cause such as {@code stuck.silent}, {@code vanished}, {@code reused_id}, flags
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

    /** Page that links the transaction's idTag to a driver. */
    public String linkHref() {
        return "/operator/cards/link?idTag=" + URLEncoder.encode(facts.idTag(), StandardCharsets.UTF_8);
    }

    public String chargerHref() {
        return PathId.under("/operator/chargers", facts.chargeBoxId());
    }

    /** URL with other events and the same readings. */
    public String eventsHref(String window) {
        return href() + "?events=" + window + parameterOf("readings", readings.shown()) + "#events";
    }

    /** URL with other readings and the same events. */
    public String readingsHref(String window) {
        return href() + "?readings=" + window + parameterOf("events", timeline.shown()) + "#readings";
    }

    private static String parameterOf(String name, RowWindow.Shown shown) {
        return shown.newer().isPresent() ? "&" + name + "=" + shown.to() : "";
    }

    public boolean canForceClose() {
        return derivation.live();
    }

    /**
     * Whether both energies are shown: after the session has ended, and while a jump waits for an operator's
     * confirmation.
     */
    public boolean hasEnergies() {
        return energy.canDecide() || energy.jump();
    }

    /**
     * The two facts that determine the status, and their evidence.
     *
     * @param stoppedAt stop time according to SteVe, by the station's clock
     * @param goneAt when sync found that it had vanished from SteVe
     * @param latestAt time of the latest event
     * @param closingFault why a closed session has no closing event
     * @param stuck why the session counts as stuck
     * @param lastReadingAt time of the latest reading, whether or not it became an event
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

        /** Text key of the stuck cause; the text takes the time of the last reading. */
        public Optional<String> stuckKey() {
            return stuck.map(cause -> "tx.stuck." + cause.wireName());
        }

        /** Text key of the reason why a closed session is not final. */
        public Optional<String> closingKey() {
            return closingFault.map(fault -> "tx.derive." + fault.wireName());
        }
    }

    /**
     * SteVe's data of the transaction, and its owner.
     *
     * @param chargerName absent if it equals the charge box id
     * @param stopReason as OCPP names it
     * @param stopActor {@code station} or {@code manual}
     * @param average absent for a session without a duration
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

    /**
     * @param gaps why it is unknown
     * @param invoices numbers of the invoices that contain it, oldest first
     */
    public record Cost(SessionCost cost, List<CostLineView> lines, List<String> gaps, List<String> invoices) {}

    /**
     * Event timeline.
     *
     * @param events events on this page, newest first
     * @param shown window of those events
     * @param chart absent unless an event is later than the start
     */
    public record Timeline(List<Event> events, RowWindow.Shown shown, Optional<CurveChart> chart) {}

    /**
     * Event.
     *
     * @param register register value at its end
     * @param sum energy up to and including it
     * @param cost unrounded; absent without a price
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
     * SteVe's latest answer.
     *
     * @param readAt when SteVe was asked; absent if no answer is kept
     * @param rows rows on this page, newest first
     * @param shown window of those rows
     * @param dropped number of dropped rows with other measurands, by measurand
     * @param busy whether the answer is too large to load while others are being processed
     */
    public record Readings(
            Optional<Instant> readAt,
            List<Reading> rows,
            RowWindow.Shown shown,
            Map<String, Integer> dropped,
            boolean busy) {}

    /**
     * Row of SteVe's answer.
     *
     * @param number position among the rows that are read, from 1
     * @param at its timestamp; absent if unreadable
     * @param value value as sent, with its unit
     * @param what measurand, phase, location, context and format, as far as sent
     * @param event the event that it became or contributed to
     * @param added energy of that event
     * @param reason key of what happened to the row
     * @param detail argument of the reason; empty for most
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

    /**
     * @param href page that lists the event
     */
    public record EventLink(int position, String href) {}

    /** Driver's note about the session. */
    public record Note(Instant at, Optional<PersonLink> driver, String text) {}

    /**
     * Audit entry about the session.
     *
     * @param actor absent for the system itself
     * @param details names and values
     */
    public record AuditItem(
            Instant at, Optional<PersonLink> actor, String action, List<Map.Entry<String, String>> details) {}

    /**
     * Input of a refused form.
     *
     * @param name name of the form; empty for none
     * @param faults texts in the reader's language
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
