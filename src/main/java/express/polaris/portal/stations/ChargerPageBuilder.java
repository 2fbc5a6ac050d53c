package express.polaris.portal.stations;

import express.polaris.accounts.Account;
import express.polaris.billing.cost.NextPrice;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.plans.Subscription;
import express.polaris.portal.StopButton;
import express.polaris.sessions.OpenConnectors;
import express.polaris.sessions.OpenConnectors.OpenConnector;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.stations.chargers.Charger;
import express.polaris.units.Energy;
import express.polaris.web.views.ChargerCard;
import express.polaris.web.views.SessionHead;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Builds the views of chargers. */
@Component
class ChargerPageBuilder {

    private static final int MOST_OWN = 10;

    /**
     * With less than this left in a tier, the next kWh spans two tiers, so its price does not hold for what is left.
     */
    private static final Energy A_KILOWATT_HOUR = Energy.ofWattHours(1_000);

    private final OpenConnectors open;
    private final UsageService usage;
    private final SessionService sessions;
    private final StopButton stopButton;
    private final Clock clock;

    ChargerPageBuilder(
            OpenConnectors open, UsageService usage, SessionService sessions, StopButton stopButton, Clock clock) {
        this.open = open;
        this.usage = usage;
        this.sessions = sessions;
        this.stopButton = stopButton;
        this.clock = clock;
    }

    List<ChargerCard> cards(List<Charger> chargers) {
        var charging = open.all();
        return chargers.stream()
                .map(charger -> new ChargerCard(
                        ChargerCard.href(charger),
                        charger.name(),
                        charger.publicId(),
                        charger.location(),
                        charging.stream().anyMatch(it -> it.chargeBoxId().equals(charger.id())),
                        charger.connectors().stream()
                                .map(connector -> new ChargerCard.Plug(
                                        connector.id(),
                                        connector.type(),
                                        connector.max(),
                                        charging.contains(new OpenConnector(charger.id(), connector.id()))))
                                .toList()))
                .toList();
    }

    /** The driver's sessions in progress at the charger, at most ten. */
    List<ChargerStartPage.Own> own(Charger charger, Account account) {
        var now = clock.instant();
        var filter = SessionFilter.of(account.id())
                .withStatus(Optional.of(SessionStatus.IN_PROGRESS))
                .withChargeBox(Optional.of(charger.id().value()));
        return sessions.list(filter, Optional.empty(), MOST_OWN).sessions().stream()
                .map(session -> new ChargerStartPage.Own(
                        SessionHead.of(session, now),
                        session.connectorId(),
                        stopButton.isOffered(session, account.id())))
                .toList();
    }

    /** Price of the next kWh, the same at every charger; empty if unknown. */
    Optional<PriceNow> price(Account driver) {
        var period = usage.of(driver.id(), PeriodUsage.Span.CURRENT, driver.timeZone());
        return period.nextPrice()
                .map(price -> new PriceNow(
                        rate(price),
                        period.currency(),
                        period.subscription()
                                .map(Subscription::plan)
                                .map(plan -> plan.name())
                                .orElse(""),
                        price.left().filter(left -> left.compareTo(A_KILOWATT_HOUR) >= 0),
                        period.priceAfterwards().map(ChargerPageBuilder::rate)));
    }

    private static PriceNow.Rate rate(NextPrice price) {
        return new PriceNow.Rate(price.perKwh(), price.once(), price.packages());
    }
}
