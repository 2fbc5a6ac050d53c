package express.polaris.attention;

import express.polaris.accounts.OperatorNotes;
import express.polaris.billing.BillingConcerns;
import express.polaris.billing.DisputePrices;
import express.polaris.billing.PriceFailures;
import express.polaris.cards.OwnedTags;
import express.polaris.mail.OperatorMails;
import express.polaris.sessions.Accounting;
import express.polaris.sessions.SessionConcerns;
import express.polaris.sessions.Sessions;
import express.polaris.sync.SyncConcerns;
import org.springframework.stereotype.Component;

/** Modules that report findings, each about the data it owns. */
@Component
record AttentionSources(
        Sessions sessions,
        SessionConcerns concerns,
        Accounting accounting,
        OwnedTags ownedTags,
        SyncConcerns sync,
        BillingConcerns billing,
        DisputePrices disputePrices,
        PriceFailures priceFailures,
        OperatorMails mails,
        OperatorNotes notes) {}
