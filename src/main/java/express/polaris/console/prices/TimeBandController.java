package express.polaris.console.prices;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.tariffs.OperatorTariffs;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.billing.tariffs.TimeBandVersion;
import express.polaris.console.ConsolePages;
import express.polaris.console.TypedText;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.PathId;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Editor of time bands. */
@Controller
class TimeBandController {

    private final TariffService tariffs;
    private final OperatorTariffs changes;
    private final ConsolePages pages;
    private final PricePages frame;

    TimeBandController(TariffService tariffs, OperatorTariffs changes, ConsolePages pages, PricePages frame) {
        this.tariffs = tariffs;
        this.changes = changes;
        this.pages = pages;
        this.frame = frame;
    }

    @GetMapping("/operator/prices/bands/new")
    ResponseEntity<byte[]> fresh(@SignedInAccount Account operator, CsrfToken csrf) {
        return page(HttpStatus.OK, TimeBandForm.empty(), FieldFaults.NONE, List.of(), frame.shell(operator, csrf, ""));
    }

    @GetMapping("/operator/prices/bands/{code}")
    ResponseEntity<byte[]> band(
            @PathVariable PathId code,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var versions = tariffs.timeBand(code.text());
        var form = versions.stream().findFirst().map(TimeBandForm::of).orElseThrow(NotFound::new);
        return page(HttpStatus.OK, form, FieldFaults.NONE, versions, frame.shell(operator, csrf, done));
    }

    /** Saves the form. The buttons that add or remove a row post the same form and only redisplay it. */
    @PostMapping("/operator/prices/bands")
    ResponseEntity<?> save(
            @RequestParam MultiValueMap<String, String> sent, @SignedInAccount Account operator, CsrfToken csrf) {
        var form = TimeBandForm.of(sent);
        var known = tariffs.timeBand(TypedText.first(sent, "known"));
        var shell = frame.shell(operator, csrf, "");
        if (sent.containsKey("addRow")) {
            return page(HttpStatus.OK, form.withRow(), FieldFaults.NONE, known, shell);
        }
        if (sent.containsKey("removeRow")) {
            var less = form.withoutRow(TypedText.first(sent, "removeRow"));
            return page(HttpStatus.OK, less, FieldFaults.NONE, known, shell);
        }
        try {
            var saved = changes.saveBand(operator.id(), form.code(), form.draft());
            return AfterForm.seeOther(PricePages.band(saved.code()) + "?done=band");
        } catch (InvalidInput refused) {
            var faults = pages.refusals(operator).faults(refused);
            return page(HttpStatusCode.valueOf(refused.status()), form, faults, known, shell);
        }
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status, TimeBandForm form, FieldFaults faults, List<TimeBandVersion> versions, Shell shell) {
        var texts = shell.texts();
        var page = new TimeBandPage(
                shell,
                form,
                faults,
                versions.stream().findFirst().map(band -> WeekPicture.of(band.band(), texts)),
                versions.stream()
                        .map(version -> new TimeBandPage.Version(
                                version.version(),
                                Optional.of(version.since()).filter(since -> version.version() > 1),
                                WeekPicture.of(version.band(), texts).words()))
                        .toList());
        return pages.render(status, "console/prices/band.jte", page);
    }
}
