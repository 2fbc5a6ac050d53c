package express.polaris.portal.account;

import express.polaris.accounts.ApiToken;
import express.polaris.accounts.Passkey;
import express.polaris.accounts.access.Device;
import express.polaris.messages.notifications.NotificationChoices.Ways;
import express.polaris.messages.notifications.NotificationKind;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Page {@code /account}.
 *
 * @param faults messages about the rejected form, by field
 */
public record AccountPage(Shell shell, Profile profile, Told told, Access access, FieldFaults faults) {

    /** Name, language and zone of the viewer. */
    public record Profile(
            String name, String email, List<Option> languages, List<String> zones, String zone, Units units) {}

    /**
     * Settings for showing energy as distance.
     *
     * @param distance {@code km}, {@code mi}, or empty for no distance
     * @param consumption consumption as in the form field
     */
    public record Units(String distance, String consumption) {}

    /** Copy with the units as typed. */
    AccountPage with(Units typed) {
        var typedProfile = new Profile(
                profile.name(), profile.email(), profile.languages(), profile.zones(), profile.zone(), typed);
        return new AccountPage(shell, typedProfile, told, access, faults);
    }

    /** Choice of a selection. */
    public record Option(String value, String label, boolean selected) {}

    /**
     * Notification settings.
     *
     * @param byMail whether this installation sends mail
     */
    public record Told(Map<NotificationKind, Ways> choices, boolean byMail) {}

    /**
     * Identity at the issuer of single sign-on.
     *
     * @param issuer the issuer's name; empty for a text in the reader's language
     */
    public record Linked(Optional<String> issuer, Instant linkedAt, Instant confirmedAt) {}

    /**
     * Ways to sign in.
     *
     * @param passkeyOrigin origin at which passkeys work, as browsers write it; empty if passkeys are not available
     * @param linked identity at the issuer of single sign-on
     * @param issued token that was just created and is shown only now
     * @param fresh whether the viewer signed in within the last ten minutes
     */
    public record Access(
            List<Device> devices,
            List<Passkey> passkeys,
            Optional<String> passkeyOrigin,
            List<ApiToken> tokens,
            Optional<Linked> linked,
            Optional<String> issued,
            boolean fresh) {

        /** Name of the current browser, as a default name for its passkey. */
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
