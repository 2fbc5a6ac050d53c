package express.polaris.portal.dashboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.NextInvoice;
import express.polaris.billing.invoicing.NextInvoiceService;
import express.polaris.documents.Format;
import express.polaris.documents.InvoiceViewBuilder;
import express.polaris.documents.Texts;
import express.polaris.portal.CardView;
import express.polaris.portal.ChargerAvailability;
import express.polaris.portal.sessions.SessionRowBuilder;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import express.polaris.web.Fragment;
import express.polaris.web.Pages;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Caches the parts of the dashboard that depend on stored data. An entry is valid until the driver's version changes,
 * at most one minute, in case a price could not be looked up.
 */
@Component
class DashboardParts {

    private static final int RECENT = 5;
    private static final int PLACES = 6;
    private static final int KEPT = 1_000;
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final SessionService sessions;
    private final SessionRowBuilder rows;
    private final UsageService usage;
    private final NextInvoiceService nextInvoices;
    private final SessionCostService costs;
    private final InvoiceService invoices;
    private final InvoiceViewBuilder invoiceViews;
    private final Pages pages;
    private final Cache<Wanted, Kept> kept =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(KEPT_FOR).build();

    DashboardParts(
            SessionService sessions,
            SessionRowBuilder rows,
            UsageService usage,
            NextInvoiceService nextInvoices,
            SessionCostService costs,
            InvoiceService invoices,
            InvoiceViewBuilder invoiceViews,
            Pages pages) {
        this.sessions = sessions;
        this.rows = rows;
        this.usage = usage;
        this.nextInvoices = nextInvoices;
        this.costs = costs;
        this.invoices = invoices;
        this.invoiceViews = invoiceViews;
        this.pages = pages;
    }

    /**
     * Cache key: everything that the parts depend on.
     *
     * @param version version of the driver's data
     * @param today in the driver's zone
     */
    record Wanted(
            AccountId driver, long version, ChargerAvailability.Known availability, Format format, LocalDate today) {}

    /**
     * @param costs costs of the live sessions
     */
    record Kept(
            Fragment period,
            List<SessionRowBuilder.Written> recent,
            Fragment invoices,
            Fragment chargers,
            Map<SessionId, SessionCost> costs,
            Map<EvCardId, CardView> cards) {}

    /**
     * @param charging the driver's live sessions
     */
    Kept of(Wanted wanted, List<ChargingSession> charging, Texts texts) {
        return kept.get(wanted, key -> work(key, charging, texts));
    }

    private Kept work(Wanted wanted, List<ChargingSession> charging, Texts texts) {
        var driver = wanted.driver();
        var format = wanted.format();
        var used = usage.of(driver, PeriodUsage.Span.CURRENT, format.zone());
        var next = nextInvoices.of(driver, used);
        var period = new PeriodView(texts, format).of(used, next, wanted.today());
        var recent = sessions.list(SessionFilter.of(driver), Optional.empty(), RECENT)
                .sessions();
        var last = invoices.page(Optional.of(driver), Optional.empty(), 1).stream()
                .findFirst()
                .map(invoice -> invoiceViews.of(invoice, texts, format));
        var invoices = new DashboardPage.InvoicesPart(
                period.subscribed().map(plan -> period.last()),
                next.flatMap(NextInvoice::net),
                next.flatMap(NextInvoice::discount),
                last,
                wanted.today(),
                texts,
                format);
        return new Kept(
                pages.fragment("dashboard/period.jte", period),
                rows.written(recent, driver, wanted.availability(), texts, format),
                pages.fragment("dashboard/invoices.jte", invoices),
                pages.fragment("dashboard/chargers.jte", chargers(wanted, recent, texts)),
                charging.isEmpty() ? Map.of() : costs.of(charging),
                rows.cardsOf(driver));
    }

    /** Chargers of the driver's recent sessions come first, then those of older sessions, then the others by name. */
    private DashboardPage.ChargersPart chargers(Wanted wanted, List<ChargingSession> recent, Texts texts) {
        var all = wanted.availability().chargers();
        var order = new LinkedHashSet<ChargeBoxId>();
        recent.forEach(session -> order.add(session.chargeBoxId()));
        if (!recent.isEmpty()) {
            order.addAll(sessions.chargeBoxesOf(wanted.driver()));
        }
        order.retainAll(all.keySet());
        order.addAll(all.keySet());
        var shown = order.stream()
                .limit(PLACES)
                .flatMap(box -> Optional.ofNullable(all.get(box)).stream())
                .map((Charger charger) -> new DashboardPage.Place(
                        charger.name(),
                        charger.location(),
                        wanted.availability().charging().contains(charger.id())))
                .toList();
        return new DashboardPage.ChargersPart(shown, order.size() - shown.size(), texts);
    }
}
