package express.polaris.attention;

import express.polaris.accounts.OperatorNotes;
import express.polaris.billing.BillingConcerns;
import express.polaris.billing.cost.DisputePrices;
import express.polaris.billing.cost.PriceFailures;
import express.polaris.messages.mail.OperatorMails;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.statistics.Accounting;
import express.polaris.sessions.statistics.SessionConcerns;
import express.polaris.stations.cards.OwnedTags;
import express.polaris.sync.SyncConcerns;
import org.springframework.stereotype.Component;

/** Services that report findings, each about the data of its module. */
@Component
record AttentionSources(
        SessionService sessions,
        SessionConcerns concerns,
        Accounting accounting,
        OwnedTags ownedTags,
        SyncConcerns sync,
        BillingConcerns billing,
        DisputePrices disputePrices,
        PriceFailures priceFailures,
        OperatorMails mails,
        OperatorNotes notes) {}
