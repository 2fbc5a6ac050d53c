package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.billing.groups.OperatorGroups;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import express.polaris.testing.StoredSessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An example request for each route with which an operator changes something; creates its prerequisites first. */
class OperatorWrites {

    /** The time zone of the installation under test. */
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final String PASSWORD = "a brand new password";
    private static final String BANK_CSV = """
        Buchungstag;Betrag;Verwendungszweck
        01.05.2026;12,50;Rechnung 1999-000001
        """;
    private static final Map<String, String> BECAUSE = Map.of("reason", "It is so");
    private static final String BECAUSE_JSON = "{\"reason\":\"It is so\"}";

    private final ApplicationContext application;
    private final Portal portal;
    private final Charging charging;
    private final JdbcClient jdbc;
    private final BillingData billing;
    private final StoredSessions stored;
    private final List<String> secrets = new ArrayList<>(List.of(PASSWORD));

    OperatorWrites(ApplicationContext application) {
        this.application = application;
        this.portal = application.getBean(Portal.class);
        this.charging = application.getBean(Charging.class);
        this.jdbc = application.getBean(JdbcClient.class);
        this.billing = new BillingData(application);
        this.stored = new StoredSessions(jdbc);
    }

    /** @param json empty for a form */
    record Example(String method, String path, Map<String, String> form, String json) {}

    /** Passwords and whole idTags used by the examples so far, which no audit entry may contain. */
    List<String> secrets() {
        return List.copyOf(secrets);
    }

    /** An example request to this route, which succeeds. */
    Example example(String route) {
        var method = route.substring(0, route.indexOf(' '));
        var pattern = route.substring(route.indexOf(' ') + 1);
        return pattern.startsWith("/api/v1/")
                ? call(method, pattern, pattern.substring("/api/v1/operator".length()))
                : form(pattern, pattern.substring("/operator".length()));
    }

    private Example call(String method, String pattern, String what) {
        var id = "";
        var json = "{}";
        switch (what) {
            case "/cards" -> json = "{\"idTag\":\"" + tag() + "\",\"driverId\":" + driver() + "}";
            case "/cards/{id}/unlink" -> id = card();
            case "/cards/{id}/transfer" -> {
                id = card();
                json = "{\"driverId\":" + driver() + "}";
            }
            case "/chargers/{chargeBoxId}" -> {
                id = "BOX-" + UUID.randomUUID();
                json = "{\"name\":\"Yard\",\"location\":\"\",\"connectors\":[{\"id\":1}]}";
            }
            case "/driver-groups/{code}" -> {
                id = "g-" + UUID.randomUUID();
                json = "{\"name\":\"Fleet\",\"discountPercent\":\"10\"}";
            }
            case "/driver-groups/{code}/members" -> {
                id = group();
                json = "{\"driverId\":" + driver() + ",\"from\":\"2026-01-01T00:00:00Z\"}";
            }
            case "/driver-groups/{code}/members/{id}/end" -> {
                var group = group();
                id = group + "/members/" + member(group);
                json = "{\"at\":\"2026-02-01T00:00:00Z\"}";
            }
            case "/driver-groups/{code}/plan" -> {
                id = group();
                member(id);
                json = """
                    {"startedAt":"2026-01-01T00:00:00Z","billingTime":"calendar","timeZone":"Europe/Berlin"}""";
            }
            case "/drivers" ->
                json = "{\"email\":\"" + email() + "\",\"name\":\"New\",\"password\":\"" + PASSWORD + "\"}";
            case "/drivers/{id}" -> {
                id = driver();
                json = "{\"disabled\":true,\"blockTags\":true}";
            }
            case "/drivers/{id}/reimbursement" -> {
                id = driver();
                json = """
                    {"employer":"ACME","rates":[{"from":"2026-01-01","amount":"0.34"}],"sendTo":"accounts@acme.example"}
                    """;
            }
            case "/transactions/{id}/confirm-energy" -> {
                id = implausible();
                json = BECAUSE_JSON;
            }
            case "/transactions/{id}/energy" -> {
                id = completed();
                json = "{\"use\":\"steve\",\"reason\":\"It is so\"}";
            }
            case "/transactions/{id}/force-close" -> {
                id = live();
                json = BECAUSE_JSON;
            }
            case "/transactions/{id}/owner" -> {
                id = completed();
                json = "{\"driverId\":" + driver() + ",\"reason\":\"It was their car\"}";
            }
            case "/credits" -> json = "{\"driverId\":" + driver() + ",\"amount\":\"5\",\"reason\":\"It is so\"}";
            case "/invoices/{number}/paid" -> id = invoice();
            case "/payments/import" -> json = BANK_CSV;
            case "/invoices/{number}/cancel" -> {
                id = invoice();
                json = BECAUSE_JSON;
            }
            case "/invoices/{number}/replace" -> id = cancelledInvoice();
            case "/issuer" -> json = """
                    {"legalName":"%s","address":{"street":"Hafenstraße 7","postcode":"50667","city":"Köln","country":"DE"},
                     "vatId":"DE123456789","contact":"Petra","email":"bills@example.org"}
                    """.formatted(UUID.randomUUID());
            case "/drivers/{id}/billing-address" -> {
                id = driver();
                json = """
                    {"name":"Anna","address":{"street":"Weg 1","postcode":"50667","city":"Köln","country":"DE"}}""";
            }
            case "/plans" -> json = plan("plan-" + UUID.randomUUID());
            case "/time-bands/{code}" -> {
                id = code();
                json = "{\"name\":\"Night\",\"rules\":[{\"days\":[\"mon\"],\"from\":\"22:00\",\"to\":\"06:00\"}]}";
            }
            case "/holidays" -> json = "{\"days\":[\"2026-12-25\"]}";
            case "/charger-groups/{code}" -> {
                id = code();
                json = "{\"name\":\"Garage\",\"chargeBoxIds\":[]}";
            }
            case "/price-series/{code}" -> {
                id = code();
                json = "[{\"from\":\"2026-12-01T00:00:00Z\",\"to\":\"2026-12-01T01:00:00Z\",\"price\":\"0.1\"}]";
            }
            case "/subscriptions" -> json = """
                {"driverId":%s,"planCode":"%s","startedAt":"2026-01-01T00:00:00Z","billingTime":"calendar",
                 "timeZone":"Europe/Berlin"}""".formatted(driver(), savedPlan());
            case "/subscriptions/{id}/terminate" -> {
                id = Long.toString(subscription(portal.driver()));
                json = "{\"at\":\"" + charging.now().plus(Duration.ofDays(400)) + "\"}";
            }
            case "/sync/pause" -> json = BECAUSE_JSON;
            case "/sync/resume" -> paused();
            case "/sync/accept-vanished" -> {
                pausedByItself();
                json = BECAUSE_JSON;
            }
            default -> {
                // no prerequisites
            }
        }
        var path = what.endsWith("/members/{id}/end")
                ? "/api/v1/operator/driver-groups/" + id + "/end"
                : pattern.replaceFirst("\\{[^}]+}", id);
        return new Example(method, what.equals("/payments/import") ? path + "?dryRun=false" : path, Map.of(), json);
    }

    private Example form(String pattern, String what) {
        var id = "";
        Map<String, String> form = Map.of();
        switch (what) {
            case "/cards/link" -> form = Map.of("idTag", tag(), "driver", driver());
            case "/cards/{id}/transfer" -> {
                id = card();
                form = Map.of("driver", driver());
            }
            case "/cards/{id}/unlink", "/cards/{id}/block", "/cards/{id}/unblock" -> id = card();
            case "/cards/{id}/found" -> id = lostCard();
            case "/cards/import/apply" -> {
                var start = charging.now().minus(Duration.ofHours(3));
                var csv = "id_tag;email;from\n" + tag() + ";" + portal.driver().email() + ";" + start;
                form = Map.of("csv", csv, "expected", "2/" + start + "/0");
            }
            case "/cards/tags/block", "/cards/tags/unblock" -> form = Map.of("idTag", tag());
            case "/chargers" -> form = Map.of("chargeBoxId", "BOX-" + UUID.randomUUID());
            case "/chargers/{chargeBoxId}" -> {
                id = "BOX-" + UUID.randomUUID();
                var added = someOperator().post("/operator/chargers", Map.of("chargeBoxId", id));
                require(added.statusCode() == 303, added.body());
                form = Map.of("name", "Yard", "connectorId", "1", "type", "type2", "maxKw", "11");
            }
            case "/credits" -> form = Map.of("driver", driver(), "amount", "5", "reason", "It is so");
            case "/driver-groups" -> form = Map.of("code", "g-" + UUID.randomUUID(), "name", "Fleet");
            case "/driver-groups/{code}" -> {
                id = group();
                form = Map.of("name", "Fleet", "discountPercent", "7,5");
            }
            case "/driver-groups/{code}/members" -> {
                id = group();
                form = Map.of("driver", driver(), "from", "2026-01-01T00:00:00");
            }
            case "/driver-groups/{code}/members/{member}/end" -> {
                var group = group();
                id = group + "/members/" + member(group);
                form = Map.of("at", "2026-02-01T00:00:00");
            }
            case "/driver-groups/{code}/plan" -> {
                id = group();
                member(id);
                form = Map.of("startedAt", "2026-01-02T00:00:00", "billingTime", "calendar");
            }
            case "/drivers/new" ->
                form = Map.of(
                        "email",
                        email(),
                        "name",
                        "New",
                        "password",
                        PASSWORD,
                        "locale",
                        "de",
                        "timeZone",
                        "Europe/Berlin");
            case "/drivers/{id}/profile" -> {
                id = driver();
                form = Map.of("name", "Renamed", "locale", "de", "timeZone", "Europe/Berlin");
            }
            case "/drivers/{id}/enable" -> {
                id = driver();
                someOperator().post("/operator/drivers/" + id + "/disable", Map.of());
            }
            case "/drivers/{id}/role" -> {
                id = driver();
                form = Map.of("role", "OPERATOR");
            }
            case "/drivers/{id}/password" -> {
                id = driver();
                form = Map.of("password", PASSWORD);
            }
            case "/drivers/{id}/disable", "/drivers/{id}/invite", "/drivers/{id}/reset", "/drivers/{id}/view-as" ->
                id = driver();
            case "/drivers/{id}/reimbursement" -> {
                id = driver();
                form = Map.of("employer", "ACME", "from", "2026-01-01", "amount", "0,34", "kind", "fixed");
            }
            case "/drivers/{id}/identity/unlink" -> id = linkedDriver();
            case "/drivers/{driver}/subscriptions" -> {
                id = driver();
                form = Map.of(
                        "planCode",
                        savedPlan(),
                        "startedAt",
                        "2026-01-01T00:00:00",
                        "billingTime",
                        "calendar",
                        "timeZone",
                        "Europe/Berlin");
            }
            case "/drivers/{driver}/subscriptions/{subscription}/terminate" -> {
                var driver = portal.driver();
                id = driver.id() + "/subscriptions/" + subscription(driver) + "/terminate";
                form = Map.of("at", "2027-12-01T00:00:00");
            }
            case "/transactions/{id}/energy" -> {
                id = completed();
                form = Map.of("use", "steve", "reason", "It is so");
            }
            case "/chargers/{chargeBoxId}/distrust" -> {
                id = "BOX-" + UUID.randomUUID();
                var box = new ChargeBoxId(id);
                application.getBean(ChargerService.class).seen(box, 1, charging.now());
                application
                        .getBean(EnergyDecisionService.class)
                        .trust(portal.operator().id(), box, "It is so");
            }
            case "/transactions/{id}/force-close" -> {
                id = live();
                form = BECAUSE;
            }
            case "/transactions/{id}/owner" -> {
                id = completed();
                form = Map.of("driver", driver(), "reason", "It was their car");
            }
            case "/transactions/{id}/confirm-energy" -> {
                id = implausible();
                form = BECAUSE;
            }
            case "/invoices/{number}/cancel" -> {
                id = invoice();
                form = BECAUSE;
            }
            case "/invoices/{number}/replace" -> id = cancelledInvoice();
            case "/issuer" ->
                form = Map.ofEntries(
                        Map.entry("legalName", UUID.randomUUID().toString()),
                        Map.entry("address.street", "Hafenstraße 7"),
                        Map.entry("address.postcode", "50667"),
                        Map.entry("address.city", "Köln"),
                        Map.entry("address.country", "DE"),
                        Map.entry("vatId", "DE123456789"),
                        Map.entry("contact", "Petra"),
                        Map.entry("email", "bills@example.org"),
                        Map.entry("daysToPay", "14"),
                        Map.entry("numberFormat", "{year}-{number:6}"),
                        Map.entry("vatNote", "none"));
            case "/drivers/{id}/billing-address" -> {
                id = driver();
                form = Map.of(
                        "name",
                        "Anna",
                        "address.street",
                        "Weg 1",
                        "address.postcode",
                        "50667",
                        "address.city",
                        "Köln",
                        "address.country",
                        "DE");
            }
            case "/invoices/{number}/paid" -> {
                id = invoice();
                form = Map.of(
                        "paidOn", LocalDate.ofInstant(charging.now(), BERLIN).toString());
            }
            case "/bookkeeping/accounts" ->
                form = Map.of(
                        "chart",
                        "SKR03",
                        "consultant",
                        "1001",
                        "client",
                        "1",
                        "accountLength",
                        "4",
                        "debtorBase",
                        "10000",
                        "bankAccount",
                        "1200",
                        "yearBegins",
                        "1",
                        "vatRate",
                        "19",
                        "account",
                        "8400");
            case "/payments/import/apply" -> form = preview();
            case "/plans" -> form = Map.of("json", plan("plan-" + UUID.randomUUID()));
            case "/prices/bands" ->
                form = Map.of("code", code(), "name", "Night", "days0", "mon", "from", "22:00", "to", "06:00");
            case "/prices/holidays" -> form = Map.of("days", "2026-12-25 Christmas");
            case "/prices/groups" -> form = Map.of("code", code(), "name", "Garage");
            case "/prices/series" ->
                form = Map.of(
                        "code",
                        code(),
                        "name",
                        "Spot",
                        "currency",
                        "EUR",
                        "unit",
                        "mwh",
                        "zone",
                        "Europe/Berlin",
                        "csv",
                        "from;to;price\n2026-12-01 00:00;2026-12-01 01:00;83,21\n");
            case "/sync/pause" -> form = BECAUSE;
            case "/sync/resume" -> paused();
            case "/sync/accept-vanished" -> {
                pausedByItself();
                form = BECAUSE;
            }
            case "/attention/seen" -> form = somethingSeen();
            case "/mails/{id}/retry" -> id = failedMail();
            default -> {
                // no prerequisites
            }
        }
        var path = what.contains("{subscription}")
                ? "/operator/drivers/" + id
                : what.contains("{member}")
                        ? "/operator/driver-groups/" + id + "/end"
                        : pattern.replaceFirst("\\{[^}]+}", id);
        return new Example("POST", path, form, "");
    }

    private static String code() {
        return "code-" + UUID.randomUUID();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private Browser someOperator() {
        return portal.signedIn(portal.operator());
    }

    /** A driver who is linked to an identity at an issuer of single sign-on. */
    private String linkedDriver() {
        var driver = driver();
        jdbc.sql("""
            insert into linked_identities (account_id, issuer, subject, linked_at, confirmed_at)
            values (:driver, 'https://id.example', :subject, now(), now())
            """)
                .param("driver", Long.valueOf(driver))
                .param("subject", UUID.randomUUID().toString())
                .update();
        return driver;
    }

    /** The form that confirms the preview of a bank's file. */
    private Map<String, String> preview() {
        var invoice = application.getBean(InvoiceService.class).find(invoice()).orElseThrow();
        var csv = "Date,Amount,Reference\n" + LocalDate.ofInstant(charging.now(), BERLIN) + "," + invoice.total() + ","
                + invoice.number() + "\n";
        var page = someOperator()
                .upload("/operator/payments/import", Map.of(), "bank.csv", csv.getBytes(StandardCharsets.UTF_8))
                .body();
        return Map.of("entries", hidden(page, "entries"), "expected", hidden(page, "expected"));
    }

    private static String hidden(String page, String field) {
        return page.replaceAll("(?s).*name=\"" + field + "\" value=\"([^\"]+)\".*", "$1");
    }

    /** A drivers' group with a plan. */
    private String group() {
        var code = "g-" + UUID.randomUUID();
        var json = "{\"name\":\"Fleet\",\"discountPercent\":\"10\",\"planCode\":\"" + savedPlan() + "\"}";
        var saved = someOperator().call("PUT", "/api/v1/operator/driver-groups/" + code, json);
        require(saved.statusCode() == 200, saved.body());
        return code;
    }

    private long member(String group) {
        return application
                .getBean(OperatorGroups.class)
                .add(portal.operator().id(), group, portal.driver().id(), "2026-01-01T00:00:00Z", "")
                .id();
    }

    private String driver() {
        return portal.driver().id().toString();
    }

    private static String email() {
        return UUID.randomUUID() + "@people.example";
    }

    private String tag() {
        var tag = "AUDIT-" + UUID.randomUUID().toString().substring(0, 13);
        application.getBean(SimulatedSteve.class).world().addTag(tag);
        secrets.add(tag);
        return tag;
    }

    private EvCard cardOf(Account driver) {
        var card = charging.card(driver, "Blue fob");
        secrets.add(card.idTag().value());
        return card;
    }

    private String card() {
        return Long.toString(cardOf(portal.driver()).id().value());
    }

    private String lostCard() {
        var driver = portal.driver();
        var id = cardOf(driver).id().value();
        var lost = portal.signedIn(driver).call("POST", "/api/v1/cards/" + id + "/report-lost", "{}");
        require(lost.statusCode() == 200, lost.body());
        return Long.toString(id);
    }

    private String live() {
        return Long.toString(charging.live(portal.driver()));
    }

    private String completed() {
        var start = charging.now().minus(Duration.ofHours(3));
        return Long.toString(
                stored.completed("AUDIT-OWNER", Optional.of(portal.driver().id().value()), start, "4"));
    }

    private String implausible() {
        var start = charging.now().minus(Duration.ofHours(1));
        long id = stored.open("AUDIT-MUCH", Optional.of(portal.driver().id().value()), start);
        stored.event(id, 0, start, start.plusSeconds(600), "9000", "{implausible}", false);
        stored.set(id, "flags", new String[] {"implausible"});
        return Long.toString(id);
    }

    private static String plan(String code) {
        return """
            {"code":"%s","name":"Home","interval":"monthly","amount_cents":990,"amount_currency":"EUR","charges":[]}\
            """.formatted(code);
    }

    private String savedPlan() {
        var code = "plan-" + UUID.randomUUID();
        var saved = someOperator().call("POST", "/api/v1/operator/plans", plan(code));
        require(saved.statusCode() == 201, saved.body());
        return code;
    }

    private long subscription(Account driver) {
        return billing.subscribe(driver, "2026-01-01T00:00:00Z").value();
    }

    private String invoice() {
        var driver = portal.driver();
        var now = charging.now();
        var used = now.minus(Duration.ofDays(40));
        billing.subscribe(driver, now.minus(Duration.ofDays(70)).toString());
        billing.charged(driver.id(), new Reading(used.toString(), "4"));
        billing.allIsReadAt(now.toString());
        someOperator().post("/operator/invoices/run", Map.of());
        return application
                .getBean(InvoiceService.class)
                .page(Optional.of(driver.id()), Optional.empty(), 1)
                .getFirst()
                .number();
    }

    private String cancelledInvoice() {
        var number = invoice();
        someOperator().post("/operator/invoices/" + number + "/cancel", BECAUSE);
        return number;
    }

    private void paused() {
        someOperator().post("/operator/sync/pause", BECAUSE);
    }

    private void pausedByItself() {
        jdbc.sql("update sync_cursor set paused_reason = '31 of 31 transactions are gone'")
                .update();
    }

    private Map<String, String> somethingSeen() {
        long id =
                stored.completed("AUDIT-GONE", Optional.empty(), charging.now().minusSeconds(9000), "4");
        stored.set(id, "gone_from_steve_at", charging.now());
        var version = someOperator()
                .get("/operator")
                .body()
                .replaceAll(
                        "(?s).*name=\"subject\" value=\"" + id
                                + "\"><input type=\"hidden\" name=\"version\" value=\"([^\"]+)\".*",
                        "$1");
        return Map.of("kind", "vanished_transaction", "subject", Long.toString(id), "version", version);
    }

    private String failedMail() {
        var now = charging.now();
        return jdbc.sql("""
            insert into mails (account_id, kind, subject, created_at, expires_at, tries, failed_at, last_error)
            values (?, 'session_ended', '1', ?, ?, 9, ?, 'MailSendException') returning id
            """)
                .params(
                        portal.driver().id().value(),
                        SqlTime.utc(now.minusSeconds(90_000)),
                        SqlTime.utc(now.minusSeconds(3600)),
                        SqlTime.utc(now))
                .query(String.class)
                .single();
    }
}
