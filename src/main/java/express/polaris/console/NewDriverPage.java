package express.polaris.console;

import express.polaris.web.Shell;
import java.util.Map;
import java.util.Optional;

/**
 * The page {@code /operator/drivers/new}.
 *
 * @param invites whether a mail can be sent, so that no password has to be given
 * @param faults in words, by field
 */
public record NewDriverPage(
        Shell shell, String email, String name, LocaleForm choices, boolean invites, Map<String, String> faults) {

    public Optional<String> fault(String field) {
        return Optional.ofNullable(faults.get(field));
    }
}
