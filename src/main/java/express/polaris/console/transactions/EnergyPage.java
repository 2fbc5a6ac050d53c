package express.polaris.console.transactions;

import express.polaris.sessions.events.EnergyDecision;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.CurveChart;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.SessionHead;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/transactions/{id}/energy}.
 *
 * @param chargerName name of the charger, or the charge box id
 * @param trusted whether SteVe's energy already counts at this charger
 * @param invoices numbers of the invoices that contain the session, oldest first
 * @param choices possible decisions; the operator's own value comes last
 * @param chart absent unless an event is later than the start
 */
public record EnergyPage(
        Shell shell,
        SessionHead head,
        EnergyView energy,
        String chargerName,
        String chargerHref,
        boolean trusted,
        List<String> invoices,
        List<Choice> choices,
        Optional<CurveChart> chart,
        Form form) {

    public String transactionHref() {
        return TransactionListPage.Filter.PATH + "/" + head.id();
    }

    public String href() {
        return transactionHref() + "/energy";
    }

    /**
     * Energy that can be decided on.
     *
     * @param energy absent while the operator has typed no value of their own
     * @param effect absent without an energy and for a live session
     */
    public record Choice(EnergyDecision.Use use, Optional<Energy> energy, Optional<Effect> effect) {}

    /**
     * Effect of a decision.
     *
     * @param price price of the session after the decision, by currency; empty if it has none
     * @param adjustment adjustment on the next invoice; absent if the session is not invoiced or has no price
     */
    public record Effect(List<Money> price, Optional<Money> adjustment) {}

    /**
     * Input of the form.
     *
     * @param use wire name of a choice; empty for none
     * @param faults texts in the reader's language
     */
    public record Form(String use, String energyKwh, String reason, boolean trust, FieldFaults faults) {

        public static final Form EMPTY = new Form("", "", "", false, FieldFaults.NONE);

        public boolean has(String fault) {
            return faults.at(fault).isPresent();
        }
    }
}
