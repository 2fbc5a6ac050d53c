package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.OperatorIssuer;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.parties.IssuerVersion;
import express.polaris.billing.parties.Logo;
import express.polaris.billing.parties.WantedAddress;
import express.polaris.billing.parties.WantedIssuer;
import express.polaris.console.ConsolePages;
import express.polaris.documents.LocaleChoices;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Who issues invoices: the form, the current version, and those before. */
@Controller
@RequestMapping("/operator/issuer")
class IssuerController {

    private static final String TEMPLATE = "console/issuer/issuer.jte";
    private static final String ACTIVE = "nav.console.invoices";

    private final IssuerService issuers;
    private final OperatorIssuer changes;
    private final AccountService accounts;
    private final ConsolePages pages;

    IssuerController(IssuerService issuers, OperatorIssuer changes, AccountService accounts, ConsolePages pages) {
        this.issuers = issuers;
        this.changes = changes;
        this.accounts = accounts;
        this.pages = pages;
    }

    @GetMapping
    ResponseEntity<byte[]> page(
            @RequestParam(defaultValue = "") String done,
            @RequestParam(defaultValue = "") String finalized,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var current = issuers.current();
        var form = current.map(WantedIssuer::of).orElseGet(() -> empty(operator));
        var notice = notice(done, finalized, Texts.of(operator.locale()));
        return page(HttpStatus.OK, form, FieldFaults.NONE, pages.shell(operator, csrf, ACTIVE, notice));
    }

    /** A browser that sends no picture keeps the logo. */
    @PostMapping
    ResponseEntity<?> save(
            @RequestParam Map<String, String> typed,
            @RequestParam(required = false) Optional<MultipartFile> logo,
            @SignedInAccount Account operator,
            CsrfToken csrf)
            throws IOException {
        var wanted = wanted(typed, logo(typed, logo));
        try {
            var saved = changes.save(operator.id(), wanted);
            return AfterForm.seeOther("/operator/issuer?done=saved&finalized=" + saved.finalized());
        } catch (InvalidInput refused) {
            var faults = pages.refusals(operator).faults(refused);
            return page(HttpStatus.UNPROCESSABLE_CONTENT, wanted, faults, pages.shell(operator, csrf, ACTIVE));
        } catch (Conflict refused) {
            var notice = AfterForm.refusal(pages.refusals(operator).of(refused));
            var shell = pages.shell(operator, csrf, ACTIVE, Optional.of(notice));
            return page(HttpStatus.CONFLICT, wanted, FieldFaults.NONE, shell);
        }
    }

    private Optional<byte[]> logo(Map<String, String> typed, Optional<MultipartFile> upload) throws IOException {
        if (upload.isPresent() && !upload.get().isEmpty()) {
            return Optional.of(upload.get().getBytes());
        }
        return typed.containsKey("removeLogo")
                ? Optional.empty()
                : issuers.current().flatMap(version -> version.issuer().logo()).map(Logo::content);
    }

    private static WantedIssuer wanted(Map<String, String> typed, Optional<byte[]> logo) {
        return new WantedIssuer(
                typed.getOrDefault("legalName", ""),
                WantedAddress.of(typed),
                typed.getOrDefault("taxNumber", ""),
                typed.getOrDefault("vatId", ""),
                typed.getOrDefault("register", ""),
                typed.getOrDefault("contact", ""),
                typed.getOrDefault("email", ""),
                typed.getOrDefault("phone", ""),
                new WantedIssuer.Account(
                        typed.getOrDefault("bank.holder", ""),
                        typed.getOrDefault("bank.iban", ""),
                        typed.getOrDefault("bank.bic", "")),
                logo,
                typed.getOrDefault("footer", ""),
                typed.getOrDefault("daysToPay", ""),
                typed.getOrDefault("numberFormat", ""),
                typed.getOrDefault("vatNote", ""),
                typed.getOrDefault("reminderAfterDays", ""));
    }

    private static WantedIssuer empty(Account operator) {
        var address = new WantedAddress("", "", "", "", operator.locale().getCountry());
        return new WantedIssuer(
                "",
                address,
                "",
                "",
                "",
                operator.name(),
                operator.email(),
                "",
                WantedIssuer.Account.NONE,
                Optional.empty(),
                "",
                "14",
                WantedIssuer.USUAL_NUMBERS,
                "none",
                "");
    }

    private static Optional<Shell.Notice> notice(String done, String finalized, Texts texts) {
        return AfterForm.success(done, "issuer.done.", texts)
                .map(saved -> finalized.matches("[1-9]\\d{0,6}")
                        ? new Shell.Notice(
                                Shell.Tone.SUCCESS, texts.count("issuer.done.finalized", Long.parseLong(finalized)))
                        : saved);
    }

    private ResponseEntity<byte[]> page(HttpStatusCode status, WantedIssuer form, FieldFaults faults, Shell shell) {
        var history = issuers.history();
        var page = new IssuerPage(
                shell,
                form,
                history.stream().map(this::row).toList(),
                LocaleChoices.countries(shell.format().locale()),
                faults);
        return pages.render(status, TEMPLATE, page);
    }

    private IssuerPage.Version row(IssuerVersion version) {
        return new IssuerPage.Version(
                version, accounts.find(version.savedBy()).map(Account::name).orElse(""));
    }
}
