package express.polaris.console.transactions;

import express.polaris.sessions.StuckCause;
import express.polaris.sync.ForceClosePreview;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.SessionHead;
import java.time.Instant;
import java.util.Optional;

/**
 * The page {@code /operator/transactions/{id}/force-close}.
 *
 * @param lastReadingAt whether or not the reading made an event
 * @param stuck why the session counts as stuck
 * @param reason text that the operator typed
 * @param faults texts in the reader's language
 */
public record ForceClosePage(
        Shell shell,
        SessionHead head,
        String chargeBoxId,
        int connector,
        Instant startedAt,
        Optional<Instant> lastReadingAt,
        Optional<StuckCause> stuck,
        ForceClosePreview preview,
        String reason,
        FieldFaults faults) {

    public String transactionHref() {
        return TransactionListPage.Filter.PATH + "/" + head.id();
    }

    public String href() {
        return transactionHref() + "/force-close";
    }
}
