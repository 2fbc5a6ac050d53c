package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.api.live.SessionJson;
import express.polaris.billing.cost.DriverPriceService;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.OpenConnectors;
import express.polaris.sessions.OpenConnectors.OpenConnector;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.stations.chargers.RemoteStartService;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Chargers and remote start, for drivers. */
@RestController
@RequestMapping("/api/v1/chargers")
class ChargersApi {

    private static final String CHARGING = "charging";
    /** SteVe's API has no connector state, so no connector is ever reported as free. */
    private static final String NO_CHARGE_KNOWN = "no_charge_known";

    private final ChargerService chargers;
    private final OpenConnectors open;
    private final RemoteStartService starts;
    private final DriverPriceService prices;

    ChargersApi(ChargerService chargers, OpenConnectors open, RemoteStartService starts, DriverPriceService prices) {
        this.chargers = chargers;
        this.open = open;
        this.starts = starts;
        this.prices = prices;
    }

    /**
     * Charger as JSON.
     *
     * @param state {@code charging} or {@code no_charge_known}
     * @param pricePerKwh price of the driver's next kWh there; null when unknown, and when the plan charges by packages of
     *     another size
     */
    record ChargerItem(
            String chargeBoxId,
            String name,
            Optional<String> publicId,
            String location,
            String state,
            List<ConnectorItem> connectors,
            Optional<BigDecimal> pricePerKwh) {

        static ChargerItem of(Charger charger, Set<OpenConnector> open, Optional<BigDecimal> pricePerKwh) {
            boolean charging = open.stream().anyMatch(it -> it.chargeBoxId().equals(charger.id()));
            return new ChargerItem(
                    charger.id().value(),
                    charger.name(),
                    charger.publicId(),
                    charger.location(),
                    charging ? CHARGING : NO_CHARGE_KNOWN,
                    charger.connectors().stream()
                            .map(connector -> new ConnectorItem(
                                    connector.id(),
                                    connector.type(),
                                    connector.max().map(SessionJson::limit),
                                    open.contains(new OpenConnector(charger.id(), connector.id()))
                                            ? CHARGING
                                            : NO_CHARGE_KNOWN))
                            .toList(),
                    pricePerKwh);
        }
    }

    record ConnectorItem(int id, Optional<String> type, Optional<BigDecimal> maxKw, String state) {}

    record Start(Optional<Integer> connectorId, Optional<Long> cardId) {}

    @GetMapping
    @Operation(summary = "Chargers, by name")
    CursorPage<ChargerItem> list(
            @RequestParam Optional<String> limit,
            @RequestParam Optional<String> cursor,
            @SignedInAccount Account account) {
        var charging = open.all();
        var known = prices.of(account.id(), account.timeZone());
        var page = CursorPage.of(
                chargers.list(),
                cursor,
                CursorPage.limit(limit),
                charger -> charger.id().value());
        return new CursorPage<>(
                page.items().stream()
                        .map(charger -> ChargerItem.of(
                                charger,
                                charging,
                                known.flatMap(it ->
                                        ChargerPriceJson.perKwh(it, charger.id().value()))))
                        .toList(),
                page.nextCursor());
    }

    @GetMapping("/{chargeBoxId}/price")
    @Operation(
            summary = "Your price at a charger, now and in the next 24 hours",
            description =
                    "The price of the next kWh at your usage so far, as a session there would cost it, and the fees"
                            + " of a session. The id is percent-encoded in the path: `A/B` is `A%2FB`.")
    ChargerPriceJson price(@PathVariable String chargeBoxId, @SignedInAccount Account account) {
        var charger = ChargeBoxId.parse(chargeBoxId).flatMap(chargers::find).orElseThrow(NotFound::new);
        return prices.of(account.id(), account.timeZone())
                .map(known -> ChargerPriceJson.of(known, charger.id().value()))
                .orElse(ChargerPriceJson.UNKNOWN);
    }

    @PostMapping("/{chargeBoxId}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Start a session with one of your cards",
            description = "A repeated start on the same connector, with the same card, within 60 s returns the first"
                    + " outcome and is not sent, until the session that it started is over. The id is"
                    + " percent-encoded in the path: `A/B` is `A%2FB`.")
    CommandAnswer start(@PathVariable String chargeBoxId, @RequestBody Start start, @SignedInAccount Account account) {
        var chargeBox = ChargeBoxId.parse(chargeBoxId).orElseThrow(NotFound::new);
        var card =
                start.cardId().map(EvCardId::new).orElseThrow(() -> InvalidInput.of("cardId", ApiReason.CARD.with()));
        return CommandAnswer.of(starts.start(account.id(), chargeBox, start.connectorId(), card));
    }
}
