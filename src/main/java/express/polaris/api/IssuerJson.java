package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.billing.parties.BankAccount;
import express.polaris.billing.parties.Issuer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.Optional;

/**
 * Who issues an invoice, without the logo.
 *
 * @param version from 1
 * @param vatNote {@code none}; {@code small_business} or {@code reverse_charge}: invoices show no VAT
 */
@Schema(name = "ApiIssuer")
record IssuerJson(
        int version,
        String legalName,
        AddressJson address,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> taxNumber,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> vatId,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> register,
        String contact,
        String email,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> phone,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Bank> bank,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> footer,
        int daysToPay,
        String numberFormat,
        String vatNote) {

    /** Bank account to pay to. */
    @Schema(name = "ApiBankAccount")
    record Bank(
            Optional<String> holder,
            Optional<String> iban,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> bic) {

        static Bank of(BankAccount account) {
            return new Bank(Optional.of(account.holder()), Optional.of(account.iban()), account.bic());
        }
    }

    static IssuerJson of(Issuer issuer) {
        return new IssuerJson(
                issuer.version(),
                issuer.legalName(),
                AddressJson.of(issuer.address()),
                issuer.taxNumber(),
                issuer.vatId(),
                issuer.register(),
                issuer.contact(),
                issuer.email(),
                issuer.phone(),
                issuer.bank().map(Bank::of),
                issuer.footer(),
                issuer.daysToPay(),
                issuer.numberFormat(),
                issuer.vatNote().name().toLowerCase(Locale.ROOT));
    }
}
