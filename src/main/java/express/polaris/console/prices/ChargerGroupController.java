package express.polaris.console.prices;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.tariffs.ChargerGroup;
import express.polaris.billing.tariffs.ChargerGroupDraft;
import express.polaris.billing.tariffs.OperatorTariffs;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.console.ConsolePages;
import express.polaris.console.TypedText;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.PathId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

/** Editor of charger groups. */
@Controller
class ChargerGroupController {

    private final TariffService tariffs;
    private final OperatorTariffs changes;
    private final ChargerService chargers;
    private final ConsolePages pages;
    private final PricePages frame;

    ChargerGroupController(
            TariffService tariffs,
            OperatorTariffs changes,
            ChargerService chargers,
            ConsolePages pages,
            PricePages frame) {
        this.tariffs = tariffs;
        this.changes = changes;
        this.chargers = chargers;
        this.pages = pages;
        this.frame = frame;
    }

    /** Form as typed. */
    private record Form(boolean isNew, String code, String name, List<String> chosen) {

        static Form of(ChargerGroup group) {
            return new Form(
                    false,
                    group.code(),
                    group.name(),
                    group.members().stream().map(ChargeBoxId::value).toList());
        }
    }

    @GetMapping("/operator/prices/groups/new")
    ResponseEntity<byte[]> fresh(@SignedInAccount Account operator, CsrfToken csrf) {
        return page(HttpStatus.OK, new Form(true, "", "", List.of()), FieldFaults.NONE, "", operator, csrf);
    }

    @GetMapping("/operator/prices/groups/{code}")
    ResponseEntity<byte[]> group(
            @PathVariable PathId code,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var form = tariffs.chargerGroup(code.text()).map(Form::of).orElseThrow(NotFound::new);
        return page(HttpStatus.OK, form, FieldFaults.NONE, done, operator, csrf);
    }

    @PostMapping("/operator/prices/groups")
    ResponseEntity<?> save(
            @RequestParam MultiValueMap<String, String> sent, @SignedInAccount Account operator, CsrfToken csrf) {
        var form = new Form(
                !sent.containsKey("known"),
                TypedText.first(sent, "code").strip(),
                TypedText.first(sent, "name"),
                TypedText.all(sent, "chargeBoxId"));
        var draft = new ChargerGroupDraft(
                Optional.of(form.name()), Optional.of(new ArrayList<@Nullable String>(form.chosen())));
        try {
            var saved = changes.saveGroup(operator.id(), form.code(), draft);
            return AfterForm.seeOther(PricePages.group(saved.code()) + "?done=group");
        } catch (InvalidInput refused) {
            var faults = pages.refusals(operator).faults(refused);
            return page(HttpStatusCode.valueOf(refused.status()), form, faults, "", operator, csrf);
        }
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status, Form form, FieldFaults faults, String done, Account operator, CsrfToken csrf) {
        Set<String> chosen =
                form.chosen().stream().map(id -> id.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        var boxes = chargers.list().stream()
                .map(charger -> new ChargerGroupPage.Box(
                        charger.id().value(),
                        charger.name(),
                        charger.location(),
                        chosen.contains(charger.id().value().toLowerCase(Locale.ROOT))))
                .toList();
        var page = new ChargerGroupPage(
                frame.shell(operator, csrf, done), form.isNew(), form.code(), form.name(), boxes, faults);
        return pages.render(status, "console/prices/group.jte", page);
    }
}
