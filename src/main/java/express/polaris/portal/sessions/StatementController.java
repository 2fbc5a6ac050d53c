package express.polaris.portal.sessions;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.refusals.NotFound;
import express.polaris.portal.CardView;
import express.polaris.portal.ChargerAvailability;
import express.polaris.portal.CostView;
import express.polaris.portal.PortalPages;
import express.polaris.portal.sessions.StatementPage.CardGroup;
import express.polaris.portal.sessions.StatementPage.CoverageGroup;
import express.polaris.portal.sessions.StatementPage.Group;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionCursor;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionService;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.views.CostLineView;
import express.polaris.web.views.CostLineWords;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Printable monthly overview of a driver's sessions. */
@Controller
class StatementController {

    private static final int AT_A_TIME = 200;
    private static final int MOST_SESSIONS = 1_000;
    private static final YearMonth FIRST = YearMonth.of(1970, 1);

    private final SessionService sessions;
    private final SessionCostService costs;
    private final SubscriptionService subscriptions;
    private final SessionRowBuilder rows;
    private final ChargerAvailability availability;
    private final PortalPages pages;
    private final Clock clock;

    StatementController(
            SessionService sessions,
            SessionCostService costs,
            SubscriptionService subscriptions,
            SessionRowBuilder rows,
            ChargerAvailability availability,
            PortalPages pages,
            Clock clock) {
        this.sessions = sessions;
        this.costs = costs;
        this.subscriptions = subscriptions;
        this.rows = rows;
        this.availability = availability;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * Session with its cost.
     *
     * @param disputed whether an operator has to decide its energy
     */
    private record Priced(SessionListPage.Row row, SessionCost cost, boolean disputed) {}

    @GetMapping("/sessions/statement")
    ResponseEntity<byte[]> page(
            @RequestParam(defaultValue = "") String month, @SignedInAccount Account account, CsrfToken csrf) {
        var now = clock.instant();
        var current = YearMonth.from(now.atZone(account.timeZone()));
        var wanted = month.isEmpty() ? current : parse(month, current);
        var filter = SessionFilter.of(account.id())
                .withStart(Optional.of(start(wanted, account)), Optional.of(start(wanted.plusMonths(1), account)));
        var found = new ArrayList<ChargingSession>();
        var next = Optional.<SessionCursor>empty();
        do {
            var slice = sessions.list(filter, next, AT_A_TIME);
            found.addAll(slice.sessions());
            next = slice.next();
        } while (next.isPresent() && found.size() < MOST_SESSIONS);
        Collections.reverse(found);
        var priced = priced(found, account, now);
        var shell = pages.shell(account, csrf, "nav.sessions");
        var page = new StatementPage(
                shell,
                wanted,
                now,
                wanted.isBefore(current),
                priced.stream().map(Priced::row).toList(),
                group(priced),
                cards(priced),
                coverages(priced),
                prices(priced, new CostLineWords(shell.texts(), shell.format(), subscriptions.planNames(account.id()))),
                next.isEmpty());
        return pages.render("sessions/statement.jte", page);
    }

    private List<Priced> priced(List<ChargingSession> found, Account account, Instant now) {
        if (found.isEmpty()) {
            return List.of();
        }
        var costs = this.costs.of(found);
        var own = rows.cardsOf(account.id());
        var known = availability.known();
        return found.stream()
                .map(session -> {
                    var cost = Objects.requireNonNull(costs.get(session.id()));
                    return new Priced(rows.row(session, cost, own, known, now), cost, session.isHeldForDecision());
                })
                .toList();
    }

    private static Group group(List<Priced> sessions) {
        var amounts = new LinkedHashMap<Currency, Money>();
        var energy = Energy.ZERO;
        var disputed = Energy.ZERO;
        boolean complete = true;
        for (var session : sessions) {
            if (session.disputed()) {
                disputed = disputed.plus(session.row().energy());
                continue;
            }
            energy = energy.plus(session.row().energy());
            session.cost().amounts().forEach(amount -> amounts.merge(amount.currency(), amount, Money::plus));
            complete &= !session.cost().amounts().isEmpty();
        }
        return new Group(sessions.size(), energy, disputed, List.copyOf(amounts.values()), complete);
    }

    private static List<CardGroup> cards(List<Priced> sessions) {
        Map<Optional<CardView>, List<Priced>> byCard = new LinkedHashMap<>();
        sessions.forEach(session -> byCard.computeIfAbsent(session.row().card(), card -> new ArrayList<>())
                .add(session));
        return byCard.entrySet().stream()
                .map(entry -> new CardGroup(entry.getKey(), group(entry.getValue())))
                .toList();
    }

    private static List<CoverageGroup> coverages(List<Priced> sessions) {
        var byCoverage = new EnumMap<CostView.Coverage, List<Priced>>(CostView.Coverage.class);
        sessions.forEach(session -> byCoverage
                .computeIfAbsent(session.row().cost().coverage(), coverage -> new ArrayList<>())
                .add(session));
        return byCoverage.entrySet().stream()
                .map(entry -> new CoverageGroup(entry.getKey(), group(entry.getValue())))
                .toList();
    }

    /** Each amount is the difference of two rounded running sums of its currency. */
    private static List<CostLineView> prices(List<Priced> sessions, CostLineWords words) {
        var sums = new HashMap<Currency, Money>();
        return words
                .summed(sessions.stream()
                        .flatMap(session -> session.cost().lines().stream())
                        .toList())
                .stream()
                .map(line -> {
                    var currency = line.amount().currency();
                    var before = sums.getOrDefault(currency, Money.zero(currency));
                    var after = before.plus(line.amount());
                    sums.put(currency, after);
                    return line.with(after.rounded().minus(before.rounded()));
                })
                .toList();
    }

    /**
     * @throws NotFound if the text is not a month or the month has not begun
     */
    private static YearMonth parse(String text, YearMonth current) {
        try {
            var month = YearMonth.parse(text);
            if (!month.isBefore(FIRST) && !month.isAfter(current)) {
                return month;
            }
        } catch (DateTimeParseException e) {
            // rejected below
        }
        throw new NotFound();
    }

    private static Instant start(YearMonth month, Account account) {
        return month.atDay(1).atStartOfDay(account.timeZone()).toInstant();
    }
}
