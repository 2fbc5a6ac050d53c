package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.billing.parties.Recipient;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.Optional;

/**
 * Who an invoice is for.
 *
 * @param kind {@code person} or {@code company}
 * @param address null if the driver had not entered one
 */
@Schema(name = "ApiRecipient")
record RecipientJson(
        String kind,
        String name,
        String email,
        Optional<AddressJson> address,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> vatId,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> orderReference) {

    static RecipientJson of(Recipient recipient) {
        return new RecipientJson(
                recipient.kind().name().toLowerCase(Locale.ROOT),
                recipient.name(),
                recipient.email(),
                recipient.address().map(AddressJson::of),
                recipient.vatId(),
                recipient.orderReference());
    }
}
