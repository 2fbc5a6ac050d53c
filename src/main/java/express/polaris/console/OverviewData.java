package express.polaris.console;

import express.polaris.accounts.Accounts;
import express.polaris.attention.Attention;
import express.polaris.chargers.Chargers;
import express.polaris.sessions.Accounting;
import express.polaris.sessions.SessionDays;
import express.polaris.sessions.Sessions;
import express.polaris.steve.SteveHealth;
import express.polaris.sync.SyncConcerns;
import org.springframework.stereotype.Component;

/** Whom the overview asks. */
@Component
record OverviewData(
        Attention attention,
        Sessions sessions,
        SessionDays days,
        Accounting accounting,
        SyncConcerns sync,
        SteveHealth steve,
        Accounts accounts,
        Chargers chargers) {}
