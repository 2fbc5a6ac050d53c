package express.polaris.portal.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.cost.DriverPrices;
import express.polaris.platform.refusals.NotFound;
import express.polaris.portal.CardView;
import express.polaris.portal.PortalPages;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.CardState;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.web.AfterForm;
import express.polaris.web.PathId;
import express.polaris.web.views.ChargerCard;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Chargers: the list, and one charger with its start form. */
@Controller
class ChargerController {

    private static final int LONGEST_QUERY = 100;

    private final ChargerService chargers;
    private final ChargerPageBuilder views;
    private final CardService cards;
    private final PortalPages pages;
    private final Clock clock;

    ChargerController(
            ChargerService chargers, ChargerPageBuilder views, CardService cards, PortalPages pages, Clock clock) {
        this.chargers = chargers;
        this.views = views;
        this.cards = cards;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * @param q part of a name, an id or a location; the id printed on a charger redirects to that charger
     */
    @GetMapping("/chargers")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String q, @SignedInAccount Account account, CsrfToken csrf) {
        var query = q.strip();
        var all = chargers.list();
        var exact = all.stream()
                .filter(charger ->
                        charger.publicId().filter(query::equalsIgnoreCase).isPresent())
                .findFirst();
        if (exact.isPresent()) {
            return AfterForm.seeOther(ChargerCard.href(exact.get()));
        }
        var found = all.stream().filter(charger -> matches(charger, query)).toList();
        var prices = views.prices(account);
        boolean differs = prices.filter(DriverPrices::dependOnPlace).isPresent();
        var cards = views.cards(found);
        var places = new TreeMap<String, List<ChargersPage.Entry>>();
        for (int place = 0; place < cards.size(); place++) {
            var charger = found.get(place);
            places.computeIfAbsent(cards.get(place).location(), key -> new ArrayList<>())
                    .add(new ChargersPage.Entry(
                            cards.get(place),
                            prices.filter(known -> differs).map(known -> ChargerPageBuilder.price(known, charger))));
        }
        var shell = pages.shell(account, csrf, "nav.chargers");
        return pages.render(
                "chargers/list.jte",
                new ChargersPage(
                        shell,
                        query.substring(0, Math.min(query.length(), LONGEST_QUERY)),
                        prices.flatMap(ChargerPageBuilder::priceAnywhere),
                        differs,
                        views.discount(account, prices),
                        places.entrySet().stream()
                                .map(place -> new ChargersPage.Place(place.getKey(), place.getValue()))
                                .toList()));
    }

    /**
     * @param id id printed on the charger, or its charge box id
     * @param connector connector from the charger's label; ignored if the charger has no such connector
     */
    @GetMapping("/chargers/{id}")
    ResponseEntity<byte[]> page(
            @PathVariable PathId id,
            @RequestParam(defaultValue = "") String connector,
            @SignedInAccount Account account,
            CsrfToken csrf) {
        var charger = chargers.findByAnyId(id.text()).orElseThrow(NotFound::new);
        var shell = pages.shell(account, csrf, "nav.chargers");
        var card = views.cards(List.of(charger)).getFirst();
        var prices = views.prices(account);
        return pages.render(
                "chargers/charger.jte",
                new ChargerStartPage(
                        shell,
                        card,
                        chosen(card, connector),
                        prices.map(known -> ChargerPageBuilder.price(known, charger)),
                        views.discount(account, prices),
                        views.own(charger, account),
                        usable(account),
                        UUID.randomUUID()));
    }

    /** The requested connector, otherwise the proposed one, otherwise the only one. */
    private static Optional<Integer> chosen(ChargerCard charger, String connector) {
        return charger.plugs().stream()
                .map(ChargerCard.Plug::id)
                .filter(id -> connector.equals(id.toString()))
                .findFirst()
                .or(charger::proposed)
                .or(() -> Optional.of(charger.plugs())
                        .filter(plugs -> plugs.size() == 1)
                        .map(plugs -> plugs.getFirst().id()));
    }

    private List<ChargerStartPage.Choice> usable(Account account) {
        var now = clock.instant();
        return cards.ofDriver(account.id()).stream()
                .filter(card -> card.isOpenAt(now) && card.stateAt(now) == CardState.ACTIVE)
                .map(card -> new ChargerStartPage.Choice(
                        card.id().value(),
                        new CardView(card.label(), card.colour()),
                        card.idTag().masked()))
                .toList();
    }

    private static boolean matches(Charger charger, String query) {
        var wanted = query.toLowerCase(Locale.ROOT);
        return List.of(charger.name(), charger.id().value(), charger.publicId().orElse(""), charger.location()).stream()
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
