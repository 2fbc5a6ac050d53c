package express.polaris.billing.parties;

import java.util.Optional;

/**
 * Postal address, as on a letter.
 *
 * @param street street and house number
 * @param extra optional second line
 * @param country ISO 3166-1 alpha-2 code, e.g. {@code DE}
 */
public record PostalAddress(String street, Optional<String> extra, String postcode, String city, String country) {}
