package express.polaris.portal.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.SessionCostSums;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.portal.ChargerAvailability;
import express.polaris.portal.sessions.SessionListPage.Choices;
import express.polaris.portal.sessions.SessionListPage.Filter;
import express.polaris.portal.sessions.SessionListPage.Totals;
import express.polaris.sessions.SessionCursor;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.statistics.SessionTallies;
import express.polaris.stations.cards.CardService;
import express.polaris.units.Energy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Caches lists of sessions. An entry is valid until the driver's version changes, at most one minute, in case a price
 * could not be looked up.
 */
@Component
class SessionListBuilder {

    private static final int ROWS = 50;
    private static final int KEPT_BYTES = 8 * 1024 * 1024;
    private static final int KEPT_OVERVIEWS = 1_000;
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final SessionService sessions;
    private final SessionTallies tallies;
    private final SessionCostSums sums;
    private final SubscriptionService subscriptions;
    private final CardService cards;
    private final SessionRowBuilder rows;
    private final Cache<Wanted, Overview> overviews = Caffeine.newBuilder()
            .maximumSize(KEPT_OVERVIEWS)
            .expireAfterWrite(KEPT_FOR)
            .build();
    private final Cache<Place, Slice> slices = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((Place place, Slice slice) -> slice.size())
            .expireAfterWrite(KEPT_FOR)
            .build();

    SessionListBuilder(
            SessionService sessions,
            SessionTallies tallies,
            SessionCostSums sums,
            SubscriptionService subscriptions,
            CardService cards,
            SessionRowBuilder rows) {
        this.sessions = sessions;
        this.tallies = tallies;
        this.sums = sums;
        this.subscriptions = subscriptions;
        this.cards = cards;
        this.rows = rows;
    }

    /**
     * Cache key: the list, and everything that it depends on.
     *
     * @param version version of the driver's data
     * @param today in the driver's zone
     */
    record Wanted(
            AccountId driver,
            long version,
            ChargerAvailability.Known availability,
            Filter filter,
            Format format,
            LocalDate today) {}

    private record Place(Wanted wanted, Optional<SessionCursor> after) {}

    /** Content above the rows. */
    record Overview(Choices choices, Totals totals) {}

    /**
     * @param next cursor of the next slice; empty at the end
     */
    record Slice(List<SessionRowBuilder.Written> rows, Optional<SessionCursor> next) {

        int size() {
            return 100 + rows.stream().mapToInt(SessionRowBuilder.Written::size).sum();
        }
    }

    Overview overview(Wanted wanted) {
        return overviews.get(wanted, this::count);
    }

    Slice slice(Wanted wanted, Optional<SessionCursor> after, Texts texts) {
        return slices.get(new Place(wanted, after), place -> {
            var found = sessions.list(FilterOffer.sessionFilter(wanted), after, ROWS);
            return new Slice(
                    rows.written(found.sessions(), wanted.driver(), wanted.availability(), texts, wanted.format()),
                    found.next());
        });
    }

    private Overview count(Wanted wanted) {
        var period = subscriptions.currentPeriod(wanted.driver());
        var offer = new FilterOffer(wanted, period);
        var found = tallies.of(wanted.driver(), offer.spans());
        if (found.isEmpty()) {
            return new Overview(Choices.NONE, new Totals(0, Energy.ZERO, Energy.ZERO, List.of(), true));
        }
        var cost = sums.of(FilterOffer.sessionFilter(wanted));
        var all = offer.count(found);
        return new Overview(
                offer.choices(found, cards.ofDriver(wanted.driver())),
                new Totals(all.sessions(), all.energy(), all.disputed(), cost.amounts(), cost.isComplete()));
    }
}
