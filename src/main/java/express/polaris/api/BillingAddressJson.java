package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.billing.parties.BillingAddress;
import express.polaris.billing.parties.WantedAddress;
import express.polaris.billing.parties.WantedBillingAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a driver's invoices go. Without one, they bear the account's name and no address; saving an empty one removes it.
 *
 * @param kind {@code person} or {@code company}
 */
@Schema(name = "ApiBillingAddress")
record BillingAddressJson(
        Optional<String> kind,
        Optional<String> name,
        Optional<AddressJson> address,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> vatId,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> orderReference) {

    /**
     * @param saved the driver's; empty if there is none
     * @param accountName name of the account, which invoices bear otherwise
     */
    static BillingAddressJson of(Optional<BillingAddress> saved, String accountName) {
        return saved.map(address -> new BillingAddressJson(
                        Optional.of(address.kind().name().toLowerCase(Locale.ROOT)),
                        Optional.of(address.name()),
                        Optional.of(AddressJson.of(address.address())),
                        address.vatId(),
                        address.orderReference()))
                .orElseGet(() -> new BillingAddressJson(
                        Optional.of("person"),
                        Optional.of(accountName),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    WantedBillingAddress wanted() {
        return new WantedBillingAddress(
                kind.orElse(""),
                name.orElse(""),
                address.map(AddressJson::wanted).orElse(WantedAddress.NONE),
                vatId.orElse(""),
                orderReference.orElse(""));
    }
}
