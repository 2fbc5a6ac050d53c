package express.polaris.demo;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountPasswords;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.NewDriver;
import express.polaris.accounts.Role;
import express.polaris.demo.DemoConfiguration.DemoEpoch;
import express.polaris.demo.simulator.DemoCard;
import express.polaris.demo.simulator.DemoCharger;
import express.polaris.demo.simulator.DemoSite;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.settings.SettingsLoader;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.ChargerEdit;
import express.polaris.stations.chargers.ChargerService;
import java.math.BigDecimal;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Creates the demo's accounts, cards, chargers, issuer and subscriptions before anything is imported. Idempotent. */
@Component
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoSeed implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(DemoSeed.class);
    private final AccountService accounts;
    private final AccountPasswords passwords;
    private final CardService cards;
    private final CardLinkService links;
    private final ChargerService chargers;
    private final DemoBilling billing;
    private final DemoPlans plans;
    private final DemoEpoch epoch;

    DemoSeed(
            AccountService accounts,
            AccountPasswords passwords,
            CardService cards,
            CardLinkService links,
            ChargerService chargers,
            DemoBilling billing,
            DemoPlans plans,
            DemoEpoch epoch) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.cards = cards;
        this.links = links;
        this.chargers = chargers;
        this.billing = billing;
        this.plans = plans;
        this.epoch = epoch;
    }

    @Override
    public void afterSingletonsInstantiated() {
        DemoSite.chargers().forEach(this::name);
        createPeople();
        DemoSite.cards().forEach(this::link);
        billing.create(idOf("operator"), idOf("ada"), idOf("ben"), idOf("cleo"));
        plans.subscribe(idOf("ada"), idOf("ben"), idOf("cleo"), epoch.instant());
    }

    private void name(DemoCharger charger) {
        chargers.put(
                new ChargeBoxId(charger.chargeBoxId()),
                new ChargerEdit(
                        charger.name(),
                        Optional.of(charger.publicId()),
                        charger.location(),
                        charger.connectors().stream()
                                .map(connector -> new ChargerEdit.ConnectorEdit(
                                        connector.id(),
                                        Optional.of(connector.type()),
                                        Optional.of(BigDecimal.valueOf(connector.maxKw()))))
                                .toList()));
    }

    private void createPeople() {
        var created = DemoAccount.ALL.stream()
                .filter(person -> accounts.findByEmail(person.email()).isEmpty())
                .map(this::create)
                .toList();
        if (!created.isEmpty()) {
            passwords.set(Optional.empty(), created, DemoAccount.PASSWORD);
        }
    }

    private AccountId create(DemoAccount person) {
        var account = accounts.createDriver(
                Optional.empty(),
                new NewDriver(
                        person.email(),
                        person.name(),
                        Optional.empty(),
                        Optional.of(person.locale()),
                        Optional.empty()));
        if (person.role() == Role.OPERATOR) {
            accounts.changeRole(Optional.empty(), account.id(), Role.OPERATOR);
        }
        return account.id();
    }

    private void link(DemoCard card) {
        var tag = new IdTag(card.idTag());
        var driver = idOf(card.driverKey());
        if (!cards.ofIdTag(tag).isEmpty()) {
            return;
        }
        try {
            var linked = links.link(tag, driver, Optional.of(card.label()), Optional.of(epoch.instant()));
            cards.describe(driver, linked.card().id(), Optional.empty(), Optional.of(card.colour()));
        } catch (Conflict taken) {
            log.info("Another node has linked card {} of the demo", tag.masked());
        }
    }

    private AccountId idOf(String key) {
        return accounts.findByEmail(key + "@demo.example").map(Account::id).orElseThrow();
    }
}
