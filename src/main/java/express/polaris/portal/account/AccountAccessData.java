package express.polaris.portal.account;

import express.polaris.accounts.Account;
import express.polaris.accounts.ApiTokenService;
import express.polaris.accounts.LinkedIdentities;
import express.polaris.accounts.PasskeyService;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.access.DeviceService;
import express.polaris.messages.notifications.NotificationChoices;
import express.polaris.messages.notifications.NotificationService;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Devices, credentials and notifications, as a part of the account data export. */
@Component
class AccountAccessData {

    private static final int MOST_NOTIFICATIONS = 10_000;

    private final ApiTokenService tokens;
    private final DeviceService devices;
    private final PasskeyService passkeys;
    private final LinkedIdentities identities;
    private final NotificationService notifications;
    private final NotificationChoices choices;

    AccountAccessData(
            ApiTokenService tokens,
            DeviceService devices,
            PasskeyService passkeys,
            LinkedIdentities identities,
            NotificationService notifications,
            NotificationChoices choices) {
        this.tokens = tokens;
        this.devices = devices;
        this.passkeys = passkeys;
        this.identities = identities;
        this.notifications = notifications;
        this.choices = choices;
    }

    void write(SignedIn who, JsonGenerator generator) {
        var account = who.account();
        generator.writePOJOProperty(
                "devices",
                devices.of(who).stream()
                        .map(device -> AccountData.object(
                                "browser", device.name().browser(),
                                "system", device.name().system(),
                                "signedInAt", device.signedInAt(),
                                "lastUsedAt", device.lastUsedAt()))
                        .toList());
        generator.writePOJOProperty(
                "passkeys",
                passkeys.list(account.id()).stream()
                        .map(passkey -> AccountData.object(
                                "name", passkey.name(),
                                "createdAt", passkey.createdAt(),
                                "lastUsedAt", passkey.lastUsedAt()))
                        .toList());
        generator.writePOJOProperty(
                "apiTokens",
                tokens.list(account.id()).stream()
                        .map(token -> AccountData.object(
                                "name", token.name(),
                                "createdAt", token.createdAt(),
                                "expiresAt", token.expiresAt(),
                                "lastUsedAt", token.lastUsedAt()))
                        .toList());
        generator.writePOJOProperty(
                "identities",
                identities.of(account.id()).stream()
                        .map(identity -> AccountData.object(
                                "issuer", identity.issuer(),
                                "subject", identity.subject(),
                                "linkedAt", identity.linkedAt(),
                                "confirmedAt", identity.confirmedAt()))
                        .toList());
        generator.writePOJOProperty("notificationChoices", choices(account));
        generator.writePOJOProperty(
                "notifications",
                notifications.latest(account.id(), MOST_NOTIFICATIONS).stream()
                        .map(told -> AccountData.object(
                                "kind", told.kind().wireName(),
                                "session", told.session(),
                                "invoice", told.invoice(),
                                "createdAt", told.createdAt(),
                                "readAt", told.readAt()))
                        .toList());
    }

    private Map<String, Object> choices(Account account) {
        var choices = new LinkedHashMap<String, Object>();
        this.choices
                .of(account.id())
                .forEach((kind, ways) -> choices.put(
                        kind.wireName(), AccountData.object("byMail", ways.byMail(), "inPortal", ways.inPortal())));
        return choices;
    }
}
