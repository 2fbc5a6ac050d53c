package express.polaris.portal;

import express.polaris.accounts.ApiToken;
import express.polaris.accounts.Passkey;
import express.polaris.notifications.NotificationChoices.Ways;
import express.polaris.notifications.NotificationKind;
import express.polaris.security.Device;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page {@code /account}.
 *
 * @param faults what is wrong with the form that was sent, in words, by field
 */
public record AccountPage(Shell shell, Profile profile, Told told, Access access, FieldFaults faults) {

    /** Who somebody is. */
    public record Profile(
            String name, String email, List<Option> languages, List<String> zones, String zone, Units units) {}

    /**
     * How somebody reads energy as distance.
     *
     * @param distance {@code km}, {@code mi}, or empty for not at all
     * @param consumption as it stands in its field
     */
    public record Units(String distance, String consumption) {}

    /** The page with what was typed. */
    AccountPage with(Units typed) {
        var typedProfile = new Profile(
                profile.name(), profile.email(), profile.languages(), profile.zones(), profile.zone(), typed);
        return new AccountPage(shell, typedProfile, told, access, faults);
    }

    /** One of several to choose from. */
    public record Option(String value, String label, boolean selected) {}

    /**
     * What somebody wants to be told.
     *
     * @param byMail whether this installation sends mails at all
     */
    public record Told(Map<NotificationKind, Ways> choices, boolean byMail) {}

    /**
     * What signs somebody in.
     *
     * @param passkeyOrigin where passkeys work, as browsers write it; empty where there are none
     * @param issued a token that was just made, shown this once
     * @param fresh whether they proved who they are a short while ago
     */
    public record Access(
            List<Device> devices,
            List<Passkey> passkeys,
            Optional<String> passkeyOrigin,
            List<ApiToken> tokens,
            Optional<String> issued,
            boolean fresh) {

        /** What the browser is that asks, as a name for its passkey. */
        public String here() {
            return devices.stream()
                    .filter(Device::current)
                    .findFirst()
                    .map(Device::name)
                    .map(name -> Stream.of(name.browser(), name.system())
                            .flatMap(Optional::stream)
                            .collect(Collectors.joining(" · ")))
                    .orElse("");
        }

        @Override
        public String toString() {
            return "Access";
        }
    }

    public Optional<String> fault(String field) {
        return faults.at(field);
    }
}
