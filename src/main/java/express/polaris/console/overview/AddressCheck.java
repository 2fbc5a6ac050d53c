package express.polaris.console.overview;

import express.polaris.console.overview.FirstStep.State;
import express.polaris.documents.Texts;
import express.polaris.platform.settings.Settings;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The public address is set, encrypted, and the one at which an operator sees the portal. */
@Component
@Order(2)
class AddressCheck implements StepCheck {

    static final String KEY = "address";
    private static final String HEALTH = "/operator/health#health-address";

    private final Settings settings;

    AddressCheck(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<FirstStep> check(Context context) {
        return List.of(check(context.texts(), context.seen()));
    }

    FirstStep check(Texts texts, SeenAddress seen) {
        if (settings.demo()) {
            return new FirstStep(KEY, State.OPTIONAL, texts.get("steps.address.demo"), "", HEALTH);
        }
        return settings.publicUrl()
                .map(SeenAddress::of)
                .map(address -> compare(texts, address, seen))
                .orElseGet(() -> step(texts, State.TODO, "unset"));
    }

    private static FirstStep compare(Texts texts, SeenAddress address, SeenAddress seen) {
        if (!address.isEncrypted()) {
            return step(texts, State.FAILED, address.isLocal() ? "local" : "plain", address);
        }
        if (seen.equals(address)) {
            return FirstStep.done(KEY, texts.get("steps.address.done", address), HEALTH);
        }
        return seen.host().equals(address.host())
                ? step(texts, State.FAILED, "proxy", address, seen)
                : step(texts, State.UNCHECKED, "elsewhere", address, seen);
    }

    private static FirstStep step(Texts texts, State state, String what, Object... arguments) {
        return new FirstStep(
                KEY,
                state,
                texts.get("steps.address." + what, arguments),
                texts.get("steps.address." + what + ".advice", arguments),
                HEALTH);
    }
}
