package express.polaris.portal.account;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedIn;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.parties.BillingAddress;
import express.polaris.billing.parties.BillingAddressService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.metering.MeterEvent;
import express.polaris.platform.database.Snapshot;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionCursor;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.events.EnergyDecision;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.units.Consumption;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.Spool;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exports everything that is stored about a driver as JSON. Streams, so memory does not grow with the number of
 * sessions. Instants in UTC, energy in kWh, power in W, money unrounded.
 */
@Component
class AccountData {

    private static final int AT_A_TIME = 100;

    private final SessionService sessions;
    private final SessionCostService costs;
    private final EnergyDecisionService decisions;
    private final InvoiceService invoices;
    private final SubscriptionService subscriptions;
    private final CardService cards;
    private final BillingAddressService addresses;
    private final AccountAccessData access;
    private final AccountStatementData statements;
    private final Snapshot snapshot;
    private final JsonMapper json;

    AccountData(
            SessionService sessions,
            SessionCostService costs,
            EnergyDecisionService decisions,
            InvoiceService invoices,
            SubscriptionService subscriptions,
            CardService cards,
            BillingAddressService addresses,
            AccountAccessData access,
            AccountStatementData statements,
            Snapshot snapshot,
            JsonMapper json) {
        this.sessions = sessions;
        this.costs = costs;
        this.decisions = decisions;
        this.invoices = invoices;
        this.subscriptions = subscriptions;
        this.cards = cards;
        this.addresses = addresses;
        this.access = access;
        this.statements = statements;
        this.snapshot = snapshot;
        this.json = json;
    }

    void write(SignedIn who, OutputStream out) throws IOException {
        var account = who.account();
        try (var spool = new Spool();
                var generator = json.createGenerator(spool)) {
            send(() -> begin(who, generator), generator, spool, out);
            generator.writeArrayPropertyStart("invoices");
            Optional<String> before = Optional.empty();
            do {
                var after = before;
                before = send(() -> writeInvoices(account, after, generator), generator, spool, out);
            } while (before.isPresent());
            generator.writeEndArray();
            send(() -> writeStatements(account, generator), generator, spool, out);
            generator.writeArrayPropertyStart("sessions");
            Optional<SessionCursor> next = Optional.empty();
            do {
                var from = next;
                next = send(() -> writeSessions(account, from, generator), generator, spool, out);
            } while (next.isPresent());
            generator.writeEndArray();
            generator.writeEndObject();
            generator.flush();
            spool.sendTo(out);
        }
    }

    /** Writes a part of one state of the database, and sends it without holding a connection. */
    private <T> T send(Supplier<T> part, JsonGenerator generator, Spool spool, OutputStream out) throws IOException {
        var result = snapshot.of(() -> {
            var written = part.get();
            generator.flush();
            return written;
        });
        spool.sendTo(out);
        return result;
    }

    private boolean begin(SignedIn who, JsonGenerator generator) {
        var account = who.account();
        generator.writeStartObject();
        generator.writePOJOProperty("account", account(account));
        generator.writePOJOProperty(
                "cards",
                cards.ofDriver(account.id()).stream().map(AccountData::card).toList());
        addresses
                .find(account.id())
                .ifPresent(address -> generator.writePOJOProperty("billingAddress", billingAddress(address)));
        access.write(who, generator);
        generator.writePOJOProperty(
                "subscriptions",
                subscriptions.of(account.id()).stream()
                        .map(subscription -> object(
                                "plan", subscription.plan().code(),
                                "startedAt", subscription.startedAt(),
                                "endedAt", subscription.endedAt()))
                        .toList());
        return true;
    }

    private static Map<String, Object> billingAddress(BillingAddress saved) {
        var address = saved.address();
        return object(
                "kind", saved.kind().name(),
                "name", saved.name(),
                "street", address.street(),
                "extra", address.extra(),
                "postcode", address.postcode(),
                "city", address.city(),
                "country", address.country(),
                "vatId", saved.vatId(),
                "orderReference", saved.orderReference());
    }

    /** Returns after which invoice to go on; empty at the end. */
    private Optional<String> writeInvoices(Account account, Optional<String> before, JsonGenerator generator) {
        var page = invoices.pageWithLines(Optional.of(account.id()), before, AT_A_TIME);
        page.forEach(invoice -> generator.writePOJO(invoice(invoice)));
        return page.size() < AT_A_TIME
                ? Optional.empty()
                : Optional.of(page.getLast().number());
    }

    private boolean writeStatements(Account account, JsonGenerator generator) {
        statements.write(account.id(), generator);
        return true;
    }

    /** Returns where to go on; empty at the end. */
    private Optional<SessionCursor> writeSessions(
            Account account, Optional<SessionCursor> from, JsonGenerator generator) {
        var slice = sessions.list(SessionFilter.of(account.id()), from, AT_A_TIME);
        write(slice.sessions(), generator);
        return slice.next();
    }

    private void write(List<ChargingSession> page, JsonGenerator generator) {
        var prices = costs.of(page);
        var decided = decisions.of(page);
        for (var session : page) {
            var cost = Optional.ofNullable(prices.get(session.id())).orElseGet(() -> costs.unknown());
            write(session, cost, Optional.ofNullable(decided.get(session.id())), generator);
        }
    }

    private void write(
            ChargingSession session, SessionCost cost, Optional<EnergyDecision> decided, JsonGenerator generator) {
        generator.writeStartObject();
        session(session, cost, decided).forEach(generator::writePOJOProperty);
        generator.writeArrayPropertyStart("readings");
        sessions.forEachEvent(session.id(), row -> generator.writePOJO(reading(row.event())));
        generator.writeEndArray();
        generator.writeEndObject();
    }

    private Map<String, Object> session(ChargingSession session, SessionCost cost, Optional<EnergyDecision> decided) {
        return object(
                "id", session.id().value(),
                "chargeBox", session.chargeBoxId().value(),
                "connector", session.connectorId(),
                "card", session.card().map(card -> card.value()),
                "startedAt", session.startedAt(),
                "endedAt", session.endedAt(),
                "status", session.status().name(),
                "energyKwh", session.energy().kilowattHours(),
                "measuredKwh", session.energies().measured().map(Energy::kilowattHours),
                "steveKwh", session.steveEnergy().map(Energy::kilowattHours),
                "disputed", session.energies().dispute().isPresent(),
                "energyDecision",
                        decided.map(decision -> object(
                                "use", decision.use().wireName(),
                                "energyKwh", decision.energy().kilowattHours(),
                                "decidedAt", decision.decidedAt(),
                                "reason", decision.reason())),
                "costAmount", cost.amount().map(Money::amount),
                "costAmounts",
                        cost.amounts().stream()
                                .map(money -> object(
                                        "amount", money.amount(),
                                        "currency", money.currency().getCurrencyCode()))
                                .toList(),
                "costCurrency", cost.currency().getCurrencyCode(),
                "costCoverage", cost.coverage().name(),
                "stopReason", session.stop().flatMap(stop -> stop.reason()));
    }

    private static Map<String, Object> reading(MeterEvent event) {
        return object(
                "measuredAt", event.measuredAt(),
                "energyKwh", kilowattHours(event.delta()),
                "powerW", event.power().map(Power::watts),
                "soc", event.soc());
    }

    private static Object kilowattHours(Energy energy) {
        return energy.kilowattHours();
    }

    private static Map<String, Object> account(Account account) {
        return object(
                "id", account.id().value(),
                "email", account.email(),
                "name", account.name(),
                "role", account.role().name(),
                "locale", account.locale().toLanguageTag(),
                "timeZone", account.timeZone().getId(),
                "distanceUnit", account.consumption().map(car -> car.unit().symbol()),
                "consumption", account.consumption().map(Consumption::value));
    }

    private static Map<String, Object> card(EvCard card) {
        return object(
                "id", card.id().value(),
                "idTag", card.idTag().masked(),
                "label", card.label(),
                "colour", card.colour(),
                "from", card.from(),
                "until", card.until(),
                "lostAt", card.lostAt());
    }

    private static Map<String, Object> invoice(Invoice invoice) {
        return object(
                "number", invoice.number(),
                "from", invoice.period().from(),
                "until", invoice.period().to(),
                "issuedOn", invoice.issuedOn().toString(),
                "dueOn", invoice.dueOn().toString(),
                "paidAt", invoice.paidAt(),
                "currency", invoice.currency().getCurrencyCode(),
                "net", invoice.net(),
                "vat", invoice.vat(),
                "total", invoice.total(),
                "recipientName", invoice.recipientName(),
                "recipientEmail", invoice.recipientEmail(),
                "lines", invoice.lines().stream().map(AccountData::line).toList());
    }

    private static Map<String, Object> line(InvoiceLine line) {
        return object("text", line.text(), "amount", line.amount());
    }

    /** Builds an object from alternating names and values; omits absent values. */
    static Map<String, Object> object(@Nullable Object... parts) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < parts.length; i += 2) {
            var value = parts[i + 1] instanceof Optional<?> optional ? optional.orElse(null) : parts[i + 1];
            if (value != null) {
                object.put(String.valueOf(parts[i]), value instanceof Instant instant ? instant.toString() : value);
            }
        }
        return object;
    }
}
