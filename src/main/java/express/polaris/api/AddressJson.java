package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.billing.parties.PostalAddress;
import express.polaris.billing.parties.WantedAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * Postal address.
 *
 * @param extra second line
 * @param country ISO 3166-1 alpha-2 code, e.g. {@code DE}
 */
@Schema(name = "ApiAddress")
record AddressJson(
        Optional<String> street,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> extra,
        Optional<String> postcode,
        Optional<String> city,
        Optional<String> country) {

    static AddressJson of(PostalAddress address) {
        return new AddressJson(
                Optional.of(address.street()),
                address.extra(),
                Optional.of(address.postcode()),
                Optional.of(address.city()),
                Optional.of(address.country()));
    }

    WantedAddress wanted() {
        return new WantedAddress(
                street.orElse(""), extra.orElse(""), postcode.orElse(""), city.orElse(""), country.orElse(""));
    }
}
