package express.polaris.console.people;

import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.Optional;

/**
 * Page {@code /operator/drivers/new}.
 *
 * @param invites whether a mail can be sent, which makes a password optional
 * @param faults messages by field
 */
public record NewDriverPage(
        Shell shell, String email, String name, LocaleForm choices, boolean invites, FieldFaults faults) {

    public Optional<String> fault(String field) {
        return faults.at(field);
    }
}
