package express.polaris.console.transactions;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.console.PersonLink;
import express.polaris.console.transactions.TransactionListPage.Filter;
import express.polaris.console.transactions.TransactionListPage.Row;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionCursor;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.SessionTrait;
import express.polaris.sessions.StuckCause;
import express.polaris.web.views.SessionHead;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Finds transactions by an operator's filter. */
@Component
class TransactionSearch {

    private static final int ROWS = 50;
    private static final int PEOPLE_OFFERED = 20;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final SessionId NO_SESSION = new SessionId(-1);
    private static final AccountId NOBODY = new AccountId(-1);

    private final SessionService sessions;
    private final AccountService accounts;

    TransactionSearch(SessionService sessions, AccountService accounts) {
        this.sessions = sessions;
        this.accounts = accounts;
    }

    /**
     * Result of a search.
     *
     * @param people drivers that match the filter's driver, if there are several; the result then has no rows
     */
    record Found(List<PersonLink> people, List<Row> rows, Optional<SessionCursor> next) {}

    Found find(Filter filter, ZoneId zone, Optional<SessionCursor> after, Instant now) {
        var people = filter.driver().map(this::people).orElse(List.of());
        if (people.size() > 1) {
            return new Found(people.stream().map(PersonLink::of).toList(), List.of(), Optional.empty());
        }
        var driver = filter.driver()
                .map(asked -> people.isEmpty() ? NOBODY : people.getFirst().id());
        var slice = sessions.list(sessionFilter(filter, driver, zone), after, ROWS);
        return new Found(List.of(), rows(slice.sessions(), now), slice.next());
    }

    private List<Account> people(String asked) {
        return NUMBER.matcher(asked).matches()
                ? accounts.find(new AccountId(Long.parseLong(asked))).stream().toList()
                : accounts.list(Optional.of(asked), Optional.empty(), PEOPLE_OFFERED)
                        .items();
    }

    private static SessionFilter sessionFilter(Filter filter, Optional<AccountId> driver, ZoneId zone) {
        return SessionFilter.all()
                .withId(filter.id().map(text -> SessionId.parse(text).orElse(NO_SESSION)))
                .withStatus(filter.status().map(status -> switch (status) {
                    case IN_PROGRESS -> SessionStatus.IN_PROGRESS;
                    case COMPLETED -> SessionStatus.COMPLETED;
                }))
                .withDriver(driver)
                .withIdTag(filter.idTag())
                .withChargeBox(filter.chargeBoxId())
                .withLinked(filter.linked())
                .withStuck(filter.stuck() ? Optional.of(true) : Optional.empty())
                .withTrait(filter.flag().flatMap(SessionTrait::ofWireName))
                .withStart(
                        filter.from().map(day -> startOf(day, zone)),
                        filter.to().map(day -> startOf(day.plusDays(1), zone)));
    }

    private static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private List<Row> rows(List<ChargingSession> page, Instant now) {
        var ids = page.stream().map(ChargingSession::id).toList();
        var drivers = accounts.findAll(page.stream()
                .flatMap(session -> session.driver().stream())
                .distinct()
                .toList());
        var stuck = sessions.stuck(page.stream()
                .filter(ChargingSession::isLive)
                .map(ChargingSession::id)
                .toList());
        var reused = sessions.withReusedId(ids);
        return page.stream()
                .map(session -> new Row(
                        SessionHead.forOperator(session, now),
                        session.startedAt(),
                        session.driver().map(drivers::get).map(PersonLink::of),
                        session.idTag().value(),
                        session.chargeBoxId().value(),
                        session.connectorId(),
                        session.energy(),
                        marks(session, stuck, reused)))
                .toList();
    }

    static List<String> marks(ChargingSession session, Map<SessionId, StuckCause> stuck, Set<SessionId> reused) {
        var marks = new ArrayList<String>();
        Optional.ofNullable(stuck.get(session.id())).ifPresent(cause -> marks.add("stuck." + cause.wireName()));
        if (session.goneFromSteveAt().isPresent()) {
            marks.add(SessionTrait.VANISHED.wireName());
        }
        if (reused.contains(session.id())) {
            marks.add(SessionTrait.REUSED_ID.wireName());
        }
        session.flags().stream().sorted().forEach(marks::add);
        return List.copyOf(marks);
    }

    /** Parses a status from a query string. */
    static Optional<SessionHead.Status> status(String text) {
        return List.of(SessionHead.Status.values()).stream()
                .filter(status -> status.css().equals(text))
                .findFirst();
    }
}
