package express.polaris.accounts;

import java.util.Optional;
import java.util.Set;

/**
 * Person as the issuer of single sign-on describes them, from tokens that were verified.
 *
 * @param subject identifies the person at the issuer, for ever
 * @param verifiedEmail empty unless the issuer says that it has verified the address
 * @param name empty if the issuer gives none
 * @param locale language tag, unchecked
 */
public record IssuerPerson(
        String issuer,
        String subject,
        Optional<String> verifiedEmail,
        Optional<String> name,
        Optional<String> locale,
        Set<String> groups) {

    public IssuerPerson {
        groups = Set.copyOf(groups);
    }

    /** Safe for logs. */
    @Override
    public String toString() {
        return "IssuerPerson[" + issuer + "]";
    }
}
