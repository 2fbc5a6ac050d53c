package express.polaris.web.views;

import express.polaris.attention.AttentionKind;
import express.polaris.attention.Finding;
import express.polaris.sessions.SessionId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Links to the console page that resolves or explains a finding. */
public final class AttentionAddresses {

    private AttentionAddresses() {}

    public static String of(Finding finding) {
        return switch (finding) {
            case Finding.AccountingDifference it -> transaction(it.session());
            case Finding.StuckSession it -> transaction(it.session());
            case Finding.AwaitingFinalReading it -> transaction(it.session());
            case Finding.ImplausibleEnergy it -> transaction(it.session());
            case Finding.PriceFailed it -> transaction(it.session());
            case Finding.ReusedId it -> transaction(it.session());
            case Finding.VanishedTransaction it -> transaction(it.session());
            case Finding.WrongClock it -> transaction(it.session());
            case Finding.DriverNote it -> transaction(it.session());
            case Finding.DisputedEnergy it -> transaction(it.session()) + "/energy";
            case Finding.SteveAway it -> "/operator/sync/" + it.run();
            case Finding.SyncError it -> "/operator/sync/" + it.run();
            case Finding.SteveNeverReached _ -> "/operator/health#health-steve";
            case Finding.UnlinkedTag it ->
                "/operator/cards/link?idTag=" + URLEncoder.encode(it.idTag().value(), StandardCharsets.UTF_8);
            case Finding.NoSubscription it ->
                ConsolePaths.subscriptions(it.driver().id());
            case Finding.NoPlan _ -> "/operator/plans";
            case Finding.PreparedInvoices _ -> "/operator/issuer";
            case Finding.UnsupportedPlan it -> ConsolePaths.plan(it.code());
            case Finding.FailedPricePoll it -> ConsolePaths.priceSeries(it.code());
            case Finding.LostCard it -> ConsolePaths.driver(it.driver().id());
            case Finding.SyncPaused _, Finding.SyncStopped _, Finding.FailedMail _, Finding.More _ ->
                list(finding.kind());
        };
    }

    private static String transaction(SessionId session) {
        return "/operator/transactions/" + session;
    }

    private static String list(AttentionKind kind) {
        return switch (kind) {
            case ACCOUNTING_DIFFERENCE, VANISHED_TRANSACTION, DRIVER_NOTE -> "/operator/transactions";
            case STEVE_NEVER_REACHED -> "/operator/health";
            case SYNC_STOPPED, SYNC_PAUSED, SYNC_ERROR, REUSED_ID -> "/operator/sync";
            case STUCK_SESSION -> "/operator/transactions?stuck=true";
            case AWAITING_FINAL_READING -> "/operator/transactions?status=in_progress";
            case DISPUTED_ENERGY -> "/operator/transactions?flag=disputed";
            case UNLINKED_TAG -> "/operator/cards";
            case IMPLAUSIBLE_ENERGY -> "/operator/transactions?flag=implausible";
            case UNPRICED_SESSIONS, LOST_CARD -> "/operator/drivers";
            case UNSUPPORTED_PLAN -> "/operator/plans";
            case PREPARED_INVOICES -> "/operator/issuer";
            case FAILED_PRICE_POLL -> "/operator/prices";
            case WRONG_CLOCK -> "/operator/transactions?flag=clock";
            case FAILED_MAIL -> "/operator/mails";
        };
    }
}
