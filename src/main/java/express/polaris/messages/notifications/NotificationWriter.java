package express.polaris.messages.notifications;

import express.polaris.billing.cost.Coverage;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementService;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.MailText.Fact;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.units.Money;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Writes notifications with current numbers: a session that was corrected meanwhile reads as on its page. */
@Component
public class NotificationWriter {

    private final SessionService sessions;
    private final SessionCostService costs;
    private final ChargerService chargers;
    private final InvoiceService invoices;
    private final StatementService statements;
    private final Clock clock;

    NotificationWriter(
            SessionService sessions,
            SessionCostService costs,
            ChargerService chargers,
            InvoiceService invoices,
            StatementService statements,
            Clock clock) {
        this.sessions = sessions;
        this.costs = costs;
        this.chargers = chargers;
        this.invoices = invoices;
        this.statements = statements;
        this.clock = clock;
    }

    /** Whether a mail about it is still right: nobody is reminded of an invoice with nothing to pay any more. */
    boolean isCurrent(Notification notification) {
        return notification.kind() != NotificationKind.INVOICE_REMINDER
                || notification
                        .invoice()
                        .flatMap(number -> invoices.find(number, notification.account()))
                        .filter(invoice -> invoice.asksForPayment()
                                && !invoice.isPaid()
                                && invoice.status() != Invoice.Status.CANCELLED)
                        .isPresent();
    }

    /** Keeps the order; omits what does not belong to the account. */
    public List<NotificationText> of(List<Notification> notifications, Texts texts, Format format) {
        var found = sessions
                .find(notifications.stream()
                        .flatMap(notification -> notification.session().stream())
                        .map(SessionId::new)
                        .collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(session -> session.id().value(), Function.identity()));
        var prices = costs.of(List.copyOf(found.values()));
        return notifications.stream()
                .flatMap(notification -> text(notification, found, prices, texts, format).stream())
                .toList();
    }

    private Optional<NotificationText> text(
            Notification notification,
            Map<Long, ChargingSession> found,
            Map<SessionId, SessionCost> prices,
            Texts texts,
            Format format) {
        if (notification.invoice().isPresent()) {
            return notification
                    .invoice()
                    .flatMap(number -> invoices.find(number, notification.account()))
                    .map(invoice -> ofInvoice(notification, invoice, texts, format));
        }
        if (notification.kind() == NotificationKind.STATEMENT_READY) {
            return notification
                    .statement()
                    .flatMap(number -> statements.find(number, notification.account()))
                    .map(statement -> ofStatement(notification, statement, texts, format));
        }
        return notification
                .session()
                .flatMap(id -> Optional.ofNullable(found.get(id)))
                .filter(session -> session.driver().equals(Optional.of(notification.account())))
                .map(session -> ofSession(
                        notification,
                        session,
                        Optional.ofNullable(prices.get(session.id())).orElseGet(costs::unknown),
                        texts,
                        format));
    }

    private NotificationText ofSession(
            Notification notification, ChargingSession session, SessionCost cost, Texts texts, Format format) {
        var key = "notification." + notification.kind().wireName();
        var facts = List.of(
                new Fact(texts.get("totals.energy"), format.energyShort(session.energy()) + " kWh"),
                new Fact(texts.get("totals.duration"), format.duration(session.duration(clock.instant()))),
                new Fact(texts.get("totals.cost"), price(cost, texts, format)));
        return new NotificationText(
                notification,
                texts.get(key + ".title"),
                texts.get(key + ".lead", chargerOf(session)),
                facts,
                "/sessions/" + session.id().value());
    }

    private static NotificationText ofInvoice(Notification notification, Invoice invoice, Texts texts, Format format) {
        var key = "notification." + invoiceKey(notification.kind(), invoice);
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(texts.get("invoice.total"), format.money(new Money(invoice.total(), invoice.currency()))));
        if (invoice.asksForPayment()) {
            facts.add(new Fact(texts.get("invoice.due"), format.date(invoice.dueOn())));
        }
        return new NotificationText(
                notification,
                texts.get(key + ".title"),
                texts.get(key + ".lead", invoice.number(), invoice.cancels().orElse("")),
                facts,
                "/invoices/" + invoice.number());
    }

    private static String invoiceKey(NotificationKind kind, Invoice invoice) {
        if (kind != NotificationKind.INVOICE_READY) {
            return kind.wireName();
        }
        if (invoice.kind() == Invoice.Kind.CANCELLATION) {
            return "cancellation";
        }
        return invoice.isCreditNote() ? "credit_note" : kind.wireName();
    }

    private static NotificationText ofStatement(
            Notification notification, Statement statement, Texts texts, Format format) {
        return new NotificationText(
                notification,
                texts.get("notification.statement_ready.title"),
                texts.get("notification.statement_ready.lead", statement.number(), format.month(statement.month())),
                List.of(
                        new Fact(
                                texts.get("totals.energy"),
                                format.number(statement.energy().kilowattHours(), 3, 6) + " kWh"),
                        new Fact(texts.get("cost.amount"), format.money(statement.total()))),
                "/statements/" + statement.number());
    }

    private static String price(SessionCost cost, Texts texts, Format format) {
        return switch (cost.coverage()) {
            case Coverage.INCLUDED -> texts.get("cost.coverage.included");
            case Coverage.UNKNOWN -> texts.get("cost.coverage.unknown");
            case Coverage.BILLED -> format.money(cost.amounts());
        };
    }

    private String chargerOf(ChargingSession session) {
        return chargers.find(session.chargeBoxId())
                .map(Charger::name)
                .filter(name -> !name.isBlank())
                .orElse(session.chargeBoxId().value());
    }
}
