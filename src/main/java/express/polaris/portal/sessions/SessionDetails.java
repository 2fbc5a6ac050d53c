package express.polaris.portal.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.Coverage;
import express.polaris.billing.cost.ExplainedCost;
import express.polaris.billing.cost.PriceGaps;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.groups.DriverGroups;
import express.polaris.billing.groups.GroupDiscount;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.plans.PlanNames;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.documents.Format;
import express.polaris.portal.ActiveSessions;
import express.polaris.sessions.ChargingCourse;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionNeighbours;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.web.Fragment;
import express.polaris.web.Pages;
import express.polaris.web.RowWindow;
import express.polaris.web.Shell;
import express.polaris.web.views.CostLineWords;
import express.polaris.web.views.PriceGapWords;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Caches the parts of a session's page that depend on stored data: price, invoices, course, timeline and neighbours.
 * An entry is valid until the session's revision or its driver's version changes, on any node. A price that could not
 * be looked up is never cached.
 */
@Component
class SessionDetails {

    private static final int KEPT_BYTES = 8 * 1024 * 1024;

    private final SessionService sessions;
    private final SessionNeighbours neighbours;
    private final SessionCostService costs;
    private final PriceGaps gaps;
    private final InvoiceService invoices;
    private final SubscriptionService subscriptions;
    private final DriverGroups groups;
    private final SessionViewBuilder views;
    private final Pages pages;
    private final Clock clock;
    private final Cache<State, Details> kept = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((State state, Details details) ->
                    details.timeline().size() + details.cost().card().size())
            .build();

    SessionDetails(
            SessionService sessions,
            SessionNeighbours neighbours,
            SessionCostService costs,
            PriceGaps gaps,
            InvoiceService invoices,
            SubscriptionService subscriptions,
            DriverGroups groups,
            SessionViewBuilder views,
            Pages pages,
            Clock clock) {
        this.sessions = sessions;
        this.neighbours = neighbours;
        this.costs = costs;
        this.gaps = gaps;
        this.invoices = invoices;
        this.subscriptions = subscriptions;
        this.groups = groups;
        this.views = views;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * Cache key: everything that the details depend on.
     *
     * @param minute current one while the session runs, because fees by the minute grow without a reading
     */
    private record State(
            SessionId session,
            long revision,
            Instant minute,
            ActiveSessions.State driver,
            Format format,
            RowWindow window) {}

    record Details(
            SessionPage.Cost cost, SessionPage.Course course, Fragment timeline, SessionPage.Siblings siblings) {}

    /**
     * Details of the session as it was read.
     *
     * @param driver owner of the session with their version, which must be read before the session
     * @param window readings to list
     */
    Details of(ChargingSession session, ActiveSessions.State driver, Shell shell, RowWindow window) {
        var state = new State(session.id(), session.revision(), minute(session), driver, shell.format(), window);
        return Optional.ofNullable(kept.getIfPresent(state)).orElseGet(() -> {
            var cost = costs.explained(session);
            var details = derive(session, driver.driver(), cost, shell, window);
            if (cost.isPresent()) {
                kept.put(state, details);
            }
            return details;
        });
    }

    private Instant minute(ChargingSession session) {
        return session.status() == SessionStatus.COMPLETED
                ? Instant.EPOCH
                : clock.instant().truncatedTo(ChronoUnit.MINUTES);
    }

    private Details derive(
            ChargingSession session, AccountId driver, Optional<ExplainedCost> cost, Shell shell, RowWindow window) {
        var course = new ChargingCourse.Recorder();
        var timeline = new TimelineBuilder(
                session,
                window.of(sessions.eventCount(session.id())),
                cost.map(ExplainedCost::events).orElseGet(Map::of));
        sessions.forEachEvent(session.id(), event -> {
            course.add(event.event());
            timeline.add(event.event());
        });
        var part = new TimelinePart(
                timeline.view(shell.format()),
                session.id().value(),
                session.startedAt(),
                shell.texts(),
                shell.format());
        var invoices = this.invoices.ofSessions(List.of(session.id())).getOrDefault(session.id(), List.of());
        var plans = cost.map(known -> subscriptions.planNames(driver)).orElse(PlanNames.NONE);
        var price = views.cost(
                cost.map(ExplainedCost::cost).orElseGet(costs::unknown),
                cost.map(ExplainedCost::tiers).orElseGet(List::of),
                gaps(session, cost, shell),
                invoices,
                new CostLineWords(shell.texts(), shell.format(), plans));
        var discount =
                invoices.isEmpty() && cost.isPresent() ? groups.discountOf(driver) : Optional.<GroupDiscount>empty();
        var card = pages.fragment(
                "sessions/cost.jte",
                new CostPart(price, feesWait(session, cost), discount, shell.texts(), shell.format()));
        return new Details(
                new SessionPage.Cost(price.sum(), card),
                SessionViewBuilder.course(session, course.course()),
                pages.fragment("sessions/timeline.jte", part),
                siblings(session, driver));
    }

    private static boolean feesWait(ChargingSession session, Optional<ExplainedCost> cost) {
        boolean awaitsReading = !session.isLive() && session.status() != SessionStatus.COMPLETED;
        return awaitsReading
                && cost.stream()
                        .flatMap(known -> known.cost().lines().stream())
                        .anyMatch(line -> line.fee().isPresent());
    }

    private List<String> gaps(ChargingSession session, Optional<ExplainedCost> cost, Shell shell) {
        var coverage = cost.map(ExplainedCost::cost).map(SessionCost::coverage).orElse(Coverage.UNKNOWN);
        return coverage == Coverage.UNKNOWN
                ? new PriceGapWords(shell.texts(), shell.format(), PriceGapWords.Reader.DRIVER)
                        .of(cost.map(known -> gaps.of(session)).orElse(List.of()))
                : List.of();
    }

    private SessionPage.Siblings siblings(ChargingSession session, AccountId driver) {
        var found = neighbours.of(session, driver);
        return new SessionPage.Siblings(
                found.previous().map(SessionId::value), found.next().map(SessionId::value));
    }
}
