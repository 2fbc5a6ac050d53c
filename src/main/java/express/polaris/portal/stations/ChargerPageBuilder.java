package express.polaris.portal.stations;

import express.polaris.accounts.Account;
import express.polaris.billing.cost.DriverPriceService;
import express.polaris.billing.cost.DriverPrices;
import express.polaris.billing.groups.DriverGroups;
import express.polaris.billing.groups.GroupDiscount;
import express.polaris.portal.StopButton;
import express.polaris.sessions.OpenConnectors;
import express.polaris.sessions.OpenConnectors.OpenConnector;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.stations.chargers.Charger;
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

    private final OpenConnectors open;
    private final DriverPriceService prices;
    private final DriverGroups groups;
    private final SessionService sessions;
    private final StopButton stopButton;
    private final Clock clock;

    ChargerPageBuilder(
            OpenConnectors open,
            DriverPriceService prices,
            DriverGroups groups,
            SessionService sessions,
            StopButton stopButton,
            Clock clock) {
        this.open = open;
        this.prices = prices;
        this.groups = groups;
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

    /** What the driver's energy costs at any charger; empty without a price that can be computed. */
    Optional<DriverPrices> prices(Account driver) {
        return prices.of(driver.id(), driver.timeZone());
    }

    /** Discount of the driver's group, which comes off on the invoice; only beside a price. */
    Optional<GroupDiscount> discount(Account driver, Optional<DriverPrices> prices) {
        return prices.isPresent() ? groups.discountOf(driver.id()) : Optional.empty();
    }

    /** Price of the next kWh at a charger. */
    static PriceNow price(DriverPrices prices, Charger charger) {
        return PriceNow.of(prices, charger.id().value());
    }

    /** Price of the next kWh where it is the same at every charger; empty if it is not. */
    static Optional<PriceNow> priceAnywhere(DriverPrices prices) {
        return prices.dependOnPlace() ? Optional.empty() : Optional.of(PriceNow.of(prices, ""));
    }
}
