package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerEdit;
import express.polaris.stations.chargers.ChargerEdit.ConnectorEdit;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.stations.chargers.OperatorChargers;
import express.polaris.units.Power;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Charge boxes, for operators. */
@RestController
@RequestMapping("/api/v1/operator/chargers")
class OperatorChargersApi {

    private final ChargerService chargers;
    private final OperatorChargers changes;

    OperatorChargersApi(ChargerService chargers, OperatorChargers changes) {
        this.chargers = chargers;
        this.changes = changes;
    }

    record ChargerJson(
            String chargeBoxId,
            String name,
            Optional<String> publicId,
            String location,
            List<ConnectorJson> connectors) {

        static ChargerJson of(Charger charger) {
            return new ChargerJson(
                    charger.id().value(),
                    charger.name(),
                    charger.publicId(),
                    charger.location(),
                    charger.connectors().stream()
                            .map(connector -> new ConnectorJson(
                                    connector.id(),
                                    connector.type(),
                                    connector.max().map(Power::kilowatts).map(BigDecimal::stripTrailingZeros)))
                            .toList());
        }
    }

    record ConnectorJson(int id, Optional<String> type, Optional<BigDecimal> maxKw) {}

    /**
     * @param connectors the complete list; if absent, the connectors stay as they are
     */
    record Wanted(
            Optional<String> name,
            Optional<String> publicId,
            Optional<String> location,
            Optional<List<@Nullable WantedConnector>> connectors) {}

    record WantedConnector(Optional<Integer> id, Optional<String> type, Optional<BigDecimal> maxKw) {

        ConnectorEdit edit() {
            return new ConnectorEdit(id.orElse(0), type, maxKw);
        }
    }

    /** Ordered by charge box id. */
    @GetMapping
    @Operation(summary = "Chargers, by charge box id")
    CursorPage<ChargerJson> list(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        var page = chargers.page(CursorPage.limit(limit), cursor.map(OperatorChargersApi::position));
        return new CursorPage<>(
                page.items().stream().map(ChargerJson::of).toList(), page.next().map(OperatorChargersApi::cursor));
    }

    /** Returns 201 for a new charge box, else 200. */
    @PutMapping("/{chargeBoxId}")
    @Operation(
            summary = "Create or update a charger; 201 when it is new",
            description =
                    "The id is percent-encoded in the path: `A/B` is `A%2FB`. Ids that are `.` or `..`, or contain"
                            + " a backslash, can only be edited in the console.")
    ResponseEntity<ChargerJson> put(
            @PathVariable String chargeBoxId, @RequestBody Wanted wanted, @SignedInAccount Account operator) {
        var id = ChargeBoxId.parse(chargeBoxId).orElseThrow(NotFound::new);
        var edit = new ChargerEdit(
                wanted.name().orElse(""), wanted.publicId(), wanted.location().orElse(""), connectors(id, wanted));
        var stored = changes.put(operator.id(), id, edit);
        return ResponseEntity.status(stored.created() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(ChargerJson.of(stored.charger()));
    }

    private List<ConnectorEdit> connectors(ChargeBoxId id, Wanted wanted) {
        if (wanted.connectors().isPresent()) {
            return wanted.connectors().get().stream()
                    .map(connector -> connector == null
                            ? new ConnectorEdit(0, Optional.empty(), Optional.empty())
                            : connector.edit())
                    .toList();
        }
        return chargers.find(id).stream()
                .flatMap(charger -> charger.connectors().stream())
                .map(connector -> new ConnectorEdit(
                        connector.id(), connector.type(), connector.max().map(Power::kilowatts)))
                .toList();
    }

    private static String cursor(ChargeBoxId id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.value().getBytes(StandardCharsets.UTF_8));
    }

    private static ChargeBoxId position(String cursor) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            return ChargeBoxId.parse(text).orElseThrow(CursorPage::badCursor);
        } catch (IllegalArgumentException e) {
            throw CursorPage.badCursor();
        }
    }
}
