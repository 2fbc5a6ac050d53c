package express.polaris.console;

import express.polaris.accounts.AccountPasswords;
import express.polaris.notifications.Invitations;
import org.springframework.stereotype.Component;

/** How operators let people in. */
@Component
record DriverAccess(Invitations invitations, AccountPasswords passwords) {}
