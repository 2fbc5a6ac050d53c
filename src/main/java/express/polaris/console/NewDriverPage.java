package express.polaris.console;

import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.Optional;

/**
 * The page {@code /operator/drivers/new}.
 *
 * @param invites whether a mail can be sent, so that no password has to be given
 * @param faults in words, by field
 */
public record NewDriverPage(
        Shell shell, String email, String name, LocaleForm choices, boolean invites, FieldFaults faults) {

    public Optional<String> fault(String field) {
        return faults.at(field);
    }
}
