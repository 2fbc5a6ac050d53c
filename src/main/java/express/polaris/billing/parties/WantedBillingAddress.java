package express.polaris.billing.parties;

import java.util.stream.Stream;

/**
 * Billing address as typed; blank = absent.
 *
 * @param kind {@code person} or {@code company}; blank = person
 */
public record WantedBillingAddress(
        String kind, String name, WantedAddress address, String vatId, String orderReference) {

    /** Whether nothing is typed besides a kind and a country: the driver wants no billing address. */
    boolean isBlank() {
        return Stream.of(
                        name,
                        address.street(),
                        address.extra(),
                        address.postcode(),
                        address.city(),
                        vatId,
                        orderReference)
                .allMatch(String::isBlank);
    }
}
