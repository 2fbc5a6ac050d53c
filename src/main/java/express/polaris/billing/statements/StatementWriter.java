package express.polaris.billing.statements;

import express.polaris.accounts.Account;
import express.polaris.platform.settings.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Draws up a driver's statements and corrections, in the caller's transaction, which holds the driver's terms. */
@Component
class StatementWriter {

    private final StatementRepository statements;
    private final StatementSource source;
    private final ApplicationEventPublisher events;
    private final Settings settings;

    StatementWriter(
            StatementRepository statements,
            StatementSource source,
            ApplicationEventPublisher events,
            Settings settings) {
        this.statements = statements;
        this.source = source;
        this.events = events;
        this.settings = settings;
    }

    /**
     * Draws up what differs from earlier statements.
     *
     * @param last month to be stated last
     * @return numbers of the statements and corrections
     */
    List<String> write(Account driver, Reimbursement reimbursement, YearMonth last, Instant now) {
        var zone = driver.timeZone();
        var stated = statements.statedOf(driver.id());
        var from = reimbursement.rates().stream()
                .map(ReimbursementRate::from)
                .min(LocalDate::compareTo)
                .map(day -> day.atStartOfDay(zone).toInstant())
                .orElse(Instant.MAX);
        var sessions = source.sessions(
                driver.id(),
                reimbursement.home(),
                from.isAfter(now) ? now : from,
                stated.sessions().keySet());
        var drafts = StatementDraft.due(sessions, reimbursement.rates(), stated, last, zone, settings.currency());
        var numbers = new ArrayList<String>();
        for (var draft : drafts) {
            var head = new StatementRepository.Head(
                    driver,
                    reimbursement,
                    Optional.ofNullable(stated.months().get(draft.month())),
                    settings.currency());
            int year = now.atZone(settings.timeZone()).getYear();
            var number = statements.write(head, draft, year, now);
            events.publishEvent(new StatementDrawnUp(
                    number, driver.id(), reimbursement.agreedSendTo().isPresent()));
            numbers.add(number);
        }
        return numbers;
    }
}
