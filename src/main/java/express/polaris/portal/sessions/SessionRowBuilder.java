package express.polaris.portal.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.portal.CardView;
import express.polaris.portal.ChargerAvailability;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionStatus;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.web.Fragment;
import express.polaris.web.Pages;
import express.polaris.web.views.SessionHead;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Renders sessions as rows of a list. */
@Component
public class SessionRowBuilder {

    private final SessionCostService costs;
    private final SessionViewBuilder views;
    private final CardService cards;
    private final Pages pages;

    SessionRowBuilder(SessionCostService costs, SessionViewBuilder views, CardService cards, Pages pages) {
        this.costs = costs;
        this.views = views;
        this.cards = cards;
        this.pages = pages;
    }

    /** Row of a list. Depends on the time until its session is completed. */
    public interface Written {

        Fragment at(Instant now);

        /** Size in the cache in bytes; an estimate while the row still depends on the time. */
        int size();
    }

    private record Settled(Fragment html) implements Written {
        @Override
        public Fragment at(Instant now) {
            return html;
        }

        @Override
        public int size() {
            return html.size();
        }
    }

    private record Moving(Function<Instant, Fragment> write) implements Written {
        @Override
        public Fragment at(Instant now) {
            return write.apply(now);
        }

        @Override
        public int size() {
            return 1000;
        }
    }

    /** The driver's cards, open or ended, as rows show them. */
    public Map<EvCardId, CardView> cardsOf(AccountId driver) {
        return cards.ofDriver(driver).stream()
                .collect(Collectors.toMap(EvCard::id, card -> new CardView(card.label(), card.colour())));
    }

    /** Keeps the order. The number of queries does not depend on the number of sessions. */
    public List<Written> written(
            List<ChargingSession> found,
            AccountId driver,
            ChargerAvailability.Known availability,
            Texts texts,
            Format format) {
        if (found.isEmpty()) {
            return List.of();
        }
        var costs = this.costs.of(found);
        var own = cardsOf(driver);
        return found.stream()
                .map(session -> {
                    var cost = Objects.requireNonNull(costs.get(session.id()));
                    Function<Instant, Fragment> write = now -> pages.fragment(
                            "sessions/row.jte",
                            new SessionListPage.RowPart(row(session, cost, own, availability, now), texts, format));
                    boolean settled = session.status() == SessionStatus.COMPLETED;
                    return settled ? new Settled(write.apply(Instant.EPOCH)) : (Written) new Moving(write);
                })
                .toList();
    }

    SessionListPage.Row row(
            ChargingSession session,
            SessionCost cost,
            Map<EvCardId, CardView> own,
            ChargerAvailability.Known availability,
            Instant now) {
        return new SessionListPage.Row(
                SessionHead.of(session, now),
                new SessionListPage.Span(session.startedAt(), session.duration(now)),
                Optional.of(availability.nameOf(session.chargeBoxId())),
                session.card().flatMap(card -> Optional.ofNullable(own.get(card))),
                session.energy(),
                session.shownAveragePower(now),
                views.sum(cost));
    }
}
