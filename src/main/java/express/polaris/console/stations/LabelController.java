package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.console.ConsoleReason;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.stations.chargers.Connector;
import express.polaris.web.PathId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Charger labels: one as SVG, all on a sheet for printing. */
@Controller
class LabelController {

    private static final MediaType SVG = new MediaType("image", "svg+xml", StandardCharsets.UTF_8);

    private final ChargerService chargers;
    private final LabelBuilder labels;
    private final ConsolePages pages;

    LabelController(ChargerService chargers, LabelBuilder labels, ConsolePages pages) {
        this.chargers = chargers;
        this.labels = labels;
        this.pages = pages;
    }

    @GetMapping("/operator/labels")
    ResponseEntity<byte[]> sheet(@SignedInAccount Account operator, CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, "nav.console.chargers");
        var all = chargers.list().stream()
                .flatMap(charger -> labels.of(charger, shell.texts()).stream())
                .toList();
        return pages.render("console/chargers/labels.jte", new LabelSheetPage(shell, labels.isPossible(), all));
    }

    /**
     * @param connector id of one of the charger's connectors; empty for a label of the charger
     */
    @GetMapping("/operator/chargers/{chargeBoxId}/label.svg")
    ResponseEntity<byte[]> label(
            @PathVariable PathId chargeBoxId,
            @RequestParam(defaultValue = "") String connector,
            @SignedInAccount Account operator) {
        var charger =
                ChargeBoxId.parse(chargeBoxId.text()).flatMap(chargers::find).orElseThrow(NotFound::new);
        Optional<Connector> chosen = charger.connectors().stream()
                .filter(it -> connector.equals(Integer.toString(it.id())))
                .findFirst();
        if (chosen.isEmpty() && !connector.isEmpty()) {
            throw new NotFound();
        }
        var texts = Texts.of(operator.locale());
        var format = new Format(operator.locale(), operator.timeZone());
        var svg = labels.svg(charger, chosen, texts, format)
                .orElseThrow(() -> new Conflict(ConsoleReason.NO_PUBLIC_URL.with()));
        return ResponseEntity.ok()
                .contentType(SVG)
                .cacheControl(CacheControl.noStore())
                .body(svg.getBytes(StandardCharsets.UTF_8));
    }
}
