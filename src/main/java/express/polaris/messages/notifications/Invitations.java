package express.polaris.messages.notifications;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountPasswords;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.NewDriver;
import express.polaris.accounts.PasskeyService;
import express.polaris.accounts.SignInLinks;
import express.polaris.accounts.SignInLinks.Purpose;
import express.polaris.messages.mail.Outbox;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Access that operators give: by a mail with a link to choose a password, or by a password where no mail can be sent.
 * Each operation is one transaction with its mail and its audit entry.
 */
@Service
public class Invitations {

    private final AccountService accounts;
    private final AccountPasswords passwords;
    private final PasskeyService passkeys;
    private final SignInLinks links;
    private final Outbox outbox;
    private final AuditLog audit;

    Invitations(
            AccountService accounts,
            AccountPasswords passwords,
            PasskeyService passkeys,
            SignInLinks links,
            Outbox outbox,
            AuditLog audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.passkeys = passkeys;
        this.links = links;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** Whether this installation can send invitations. */
    public boolean isPossible() {
        return outbox.isAvailable();
    }

    /**
     * Creates a driver, and invites them if no password is given.
     *
     * @throws InvalidInput with every fault; includes a missing {@code password} if no mail can be sent
     * @throws Conflict if the address is taken
     */
    @Transactional
    public Account createDriver(AccountId operator, NewDriver driver) {
        if (driver.password().isEmpty() && !isPossible()) {
            throw InvalidInput.of("password", InvitationReason.NEEDS_PASSWORD.with());
        }
        var created = accounts.createDriver(Optional.of(operator), driver);
        if (driver.password().isEmpty()) {
            mail(operator, created, Purpose.INVITATION);
        }
        return created;
    }

    /**
     * Sends another invitation; the link in an earlier mail stops working.
     *
     * @throws NotFound if there is no such account
     * @throws Conflict if the account is disabled, or no mail can be sent
     */
    @Transactional
    public void invite(AccountId operator, AccountId id) {
        mail(operator, reachable(id), Purpose.INVITATION);
    }

    /**
     * Removes all ways to sign in from an account, and mails a link to choose a new password.
     *
     * @throws NotFound if there is no such account
     * @throws Conflict if the account is disabled, or no mail can be sent
     */
    @Transactional
    public void reset(AccountId operator, AccountId id) {
        var account = reachable(id);
        passkeys.removeAllOf(Optional.of(operator), id);
        passwords.clear(operator, id);
        mail(operator, account, Purpose.RESET);
    }

    private Account reachable(AccountId id) {
        var account = accounts.find(id).orElseThrow(NotFound::new);
        if (!isPossible()) {
            throw new Conflict(InvitationReason.NO_MAIL.with());
        }
        if (account.isDisabled()) {
            throw new Conflict(InvitationReason.DISABLED.with(id));
        }
        return account;
    }

    private void mail(AccountId operator, Account account, Purpose purpose) {
        long link = links.open(account.id(), purpose);
        outbox.queue(account.id(), SignInMails.kindOf(purpose), Long.toString(link), purpose.life());
        if (purpose == Purpose.INVITATION) {
            audit.record(Optional.of(operator), "account.invite", "account " + account.id(), Map.of());
        }
    }
}
