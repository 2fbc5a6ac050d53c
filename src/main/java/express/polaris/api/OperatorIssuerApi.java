package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.OperatorIssuer;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.parties.IssuerVersion;
import express.polaris.billing.parties.Logo;
import express.polaris.billing.parties.PartyReason;
import express.polaris.billing.parties.WantedAddress;
import express.polaris.billing.parties.WantedIssuer;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who issues invoices, for operators. */
@RestController
@RequestMapping("/api/v1/operator/issuer")
class OperatorIssuerApi {

    private static final String USUAL_DAYS = "14";

    private final IssuerService issuers;
    private final OperatorIssuer changes;

    OperatorIssuerApi(IssuerService issuers, OperatorIssuer changes) {
        this.issuers = issuers;
        this.changes = changes;
    }

    /**
     * @param logo PNG or JPEG in Base64
     * @param reminderAfterDays days past the due day after which drivers are reminded; absent = never
     */
    record SavedIssuer(
            @JsonUnwrapped IssuerJson issuer,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> logo,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> reminderAfterDays,
            Instant savedAt) {

        static SavedIssuer of(IssuerVersion version) {
            return new SavedIssuer(
                    IssuerJson.of(version.issuer()),
                    version.issuer()
                            .logo()
                            .map(Logo::content)
                            .map(content -> Base64.getEncoder().encodeToString(content)),
                    version.reminderAfterDays(),
                    version.savedAt());
        }
    }

    /**
     * @param finalizedInvoices number of prepared invoices that were finalized at once
     */
    record Changed(@JsonUnwrapped SavedIssuer issuer, int finalizedInvoices) {}

    /** Replaces the whole issuer: what is absent is removed. */
    record Wanted(
            Optional<String> legalName,
            Optional<AddressJson> address,
            Optional<String> taxNumber,
            Optional<String> vatId,
            Optional<String> register,
            Optional<String> contact,
            Optional<String> email,
            Optional<String> phone,
            Optional<IssuerJson.Bank> bank,
            Optional<String> logo,
            Optional<String> footer,
            Optional<Object> daysToPay,
            Optional<String> numberFormat,
            Optional<String> vatNote,
            Optional<Object> reminderAfterDays) {

        WantedIssuer read() {
            return new WantedIssuer(
                    legalName.orElse(""),
                    address.map(AddressJson::wanted).orElse(WantedAddress.NONE),
                    taxNumber.orElse(""),
                    vatId.orElse(""),
                    register.orElse(""),
                    contact.orElse(""),
                    email.orElse(""),
                    phone.orElse(""),
                    bank.map(account -> new WantedIssuer.Account(
                                    account.holder().orElse(""),
                                    account.iban().orElse(""),
                                    account.bic().orElse("")))
                            .orElse(WantedIssuer.Account.NONE),
                    logo.filter(text -> !text.isBlank()).map(Wanted::decoded),
                    footer.orElse(""),
                    daysToPay.map(String::valueOf).orElse(USUAL_DAYS),
                    numberFormat.orElse(WantedIssuer.USUAL_NUMBERS),
                    vatNote.orElse("none"),
                    reminderAfterDays.map(String::valueOf).orElse(""));
        }

        private static byte[] decoded(String logo) {
            try {
                return Base64.getMimeDecoder().decode(logo);
            } catch (IllegalArgumentException e) {
                throw InvalidInput.of("logo", PartyReason.LOGO_TYPE.with());
            }
        }
    }

    @GetMapping
    @Operation(summary = "Who issues invoices", description = "404 until an operator has entered it.")
    SavedIssuer issuer() {
        return issuers.current().map(SavedIssuer::of).orElseThrow(NotFound::new);
    }

    /** The first one finalizes the invoices that are prepared. */
    @PutMapping
    @Operation(
            summary = "Save who issues invoices",
            description = "A change is a new version for new invoices. The first one finalizes prepared invoices.")
    Changed save(@RequestBody Wanted wanted, @SignedInAccount Account operator) {
        var saved = changes.save(operator.id(), wanted.read());
        return new Changed(SavedIssuer.of(saved.version()), saved.finalized());
    }
}
