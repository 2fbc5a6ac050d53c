package express.polaris.billing.statements;

import express.polaris.accounts.Account;
import java.time.Clock;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Last statements of a deleted account: states each month that is not stated yet, and the running one up to now, with
 * the driver's name and address of before. They wait for nothing, because the terms are deleted with the account.
 */
@Service
public class FinalStatements {

    private final ReimbursementRepository terms;
    private final StatementWriter writer;
    private final Clock clock;

    FinalStatements(ReimbursementRepository terms, StatementWriter writer, Clock clock) {
        this.terms = terms;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Draws up what is due, then deletes the driver's terms. Statements stay; no copy is sent.
     *
     * @param before the account before its deletion
     */
    @Transactional
    public void leave(Account before) {
        terms.hold(before.id()).map(Reimbursement::withoutSendTo).ifPresent(held -> {
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            writer.write(before, held, YearMonth.from(now.atZone(before.timeZone())), now);
            terms.delete(before.id());
        });
    }
}
