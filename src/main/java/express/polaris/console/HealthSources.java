package express.polaris.console;

import express.polaris.billing.BillingConcerns;
import express.polaris.database.DatabaseProbe;
import express.polaris.mail.MailProbe;
import express.polaris.mail.OperatorMails;
import express.polaris.sessions.Accounting;
import express.polaris.steve.SteveHealth;
import express.polaris.steve.SteveProbe;
import express.polaris.sync.SyncConcerns;
import org.springframework.stereotype.Component;

/** Whom the health page asks. */
@Component
record HealthSources(
        SteveProbe probe,
        SteveHealth steve,
        DatabaseProbe database,
        MailProbe mail,
        OperatorMails mails,
        SyncConcerns sync,
        BillingConcerns billing,
        Accounting accounting) {}
