package express.polaris.messages.notifications;

import express.polaris.accounts.Account;
import express.polaris.billing.statements.ReimbursementService;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementDrawnUp;
import express.polaris.billing.statements.StatementService;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.Letter;
import express.polaris.messages.mail.MailText;
import express.polaris.messages.mail.MailText.Fact;
import express.polaris.messages.mail.MailWriter;
import express.polaris.messages.mail.Outbox;
import express.polaris.platform.sql.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends employer statements to the driver, and to the employer if the driver agreed. The mails are queued in the
 * transaction that draws the statement up, so none is lost.
 */
@Component
class StatementMails implements MailWriter {

    static final String TO_EMPLOYER = "employer_statement";

    private static final Duration GOOD_FOR = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final StatementService statements;
    private final ReimbursementService terms;
    private final StatementAttachments attachments;
    private final Outbox outbox;
    private final Clock clock;

    StatementMails(
            JdbcClient jdbc,
            StatementService statements,
            ReimbursementService terms,
            StatementAttachments attachments,
            Outbox outbox,
            Clock clock) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.terms = terms;
        this.attachments = attachments;
        this.outbox = outbox;
        this.clock = clock;
    }

    private record Told(long id, boolean byMail) {}

    /** Runs in the transaction that publishes the event. */
    @EventListener
    void on(StatementDrawnUp event) {
        tell(event)
                .filter(Told::byMail)
                .ifPresent(told -> outbox.queue(
                        event.driver(),
                        NotificationKind.STATEMENT_READY.wireName(),
                        Long.toString(told.id()),
                        GOOD_FOR));
        if (event.toEmployer()) {
            outbox.queue(event.driver(), TO_EMPLOYER, event.number(), GOOD_FOR);
        }
    }

    private Optional<Told> tell(StatementDrawnUp event) {
        return jdbc.sql("""
            with told as (
                insert into notifications (account_id, kind, statement_number, created_at, in_portal)
                select a.id, 'statement_ready', :number, :now, coalesce(c.in_portal, true)
                  from accounts a
                  left join notification_choices c on c.account_id = a.id and c.kind = 'statement_ready'
                 where a.id = :driver and a.disabled_at is null
                on conflict do nothing
                returning id, account_id)
            select told.id, coalesce(c.by_mail, true) as by_mail
              from told
              left join notification_choices c on c.account_id = told.account_id and c.kind = 'statement_ready'
            """)
                .param("number", event.number())
                .param("now", SqlTime.utc(clock.instant()))
                .param("driver", event.driver().value())
                .query((row, number) -> new Told(row.getLong("id"), row.getBoolean("by_mail")))
                .optional();
    }

    @Override
    public boolean writes(String kind) {
        return kind.equals(TO_EMPLOYER);
    }

    @Override
    public boolean isForOthers(String kind) {
        return kind.equals(TO_EMPLOYER);
    }

    @Override
    public Optional<MailText> write(String kind, String subject, Account driver) {
        return statements.find(subject, driver.id()).map(StatementMails::text);
    }

    /** Goes to the employer's address as it is now; to nobody if the driver does not agree any more. */
    @Override
    public Optional<Letter> letter(String kind, String subject, Account driver) {
        return terms.of(driver.id())
                .agreedSendTo()
                .flatMap(address -> statements.find(subject, driver.id()).map(statement -> {
                    var texts = Texts.of(statement.locale());
                    return new Letter(
                            address,
                            Optional.of(driver.email()),
                            texts.language(),
                            texts.get("employer.mail.greeting"),
                            text(statement),
                            attachments.of(subject));
                }));
    }

    private static MailText text(Statement statement) {
        var texts = Texts.of(statement.locale());
        var format = new Format(statement.locale(), statement.zone());
        var month = format.month(statement.month());
        var parties = statement.parties();
        return new MailText(
                texts.get("employer.mail.subject", statement.number(), month),
                statement.isCorrection()
                        ? texts.get(
                                "employer.mail.lead.correction",
                                parties.driverName(),
                                month,
                                statement.number(),
                                statement.corrects().orElse(""))
                        : texts.get("employer.mail.lead", parties.driverName(), month),
                List.of(
                                new Fact(texts.get("employer.reference"), parties.reference()),
                                new Fact(texts.get("employer.terms.plate"), parties.plate()),
                                new Fact(
                                        texts.get("totals.energy"),
                                        format.number(statement.energy().kilowattHours(), 3, 6) + " kWh"),
                                new Fact(texts.get("cost.amount"), format.money(statement.total())))
                        .stream()
                        .filter(fact -> !fact.value().isEmpty())
                        .toList(),
                Optional.empty(),
                texts.get("employer.mail.small", parties.driverName(), parties.driverEmail()));
    }
}
