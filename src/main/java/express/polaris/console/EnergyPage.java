package express.polaris.console;

import express.polaris.portal.SessionHead;
import express.polaris.sessions.EnergyDecision;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.CurveChart;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /operator/transactions/{id}/energy}.
 *
 * @param chargerName the charge box's id where it has no other name
 * @param trusted SteVe's number counts at this charger already
 * @param invoices the numbers of those that have the session, oldest first
 * @param choices what can be decided, the third number last
 * @param chart absent with fewer than two readings
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
     * A number that can be decided.
     *
     * @param energy absent for a third number that was not typed yet
     * @param effect absent where the energy is
     */
    public record Choice(EnergyDecision.Use use, Optional<Energy> energy, Optional<Effect> effect) {}

    /**
     * What a decision changes.
     *
     * @param price of the session after it; none where it has no price
     * @param adjustment on the next invoice; absent for a session that no invoice has, and without a price
     */
    public record Effect(List<Money> price, Optional<Money> adjustment) {}

    /**
     * What was typed.
     *
     * @param use the wire name of a choice; empty for none
     * @param faults in words
     */
    public record Form(String use, String energyKwh, String reason, boolean trust, FieldFaults faults) {

        public static final Form EMPTY = new Form("", "", "", false, FieldFaults.NONE);

        public boolean has(String fault) {
            return faults.at(fault).isPresent();
        }
    }
}
