package express.polaris.settings;

import java.util.List;

/** The settings cannot be used; every fault names the setting, what was given and what is allowed. */
public class InvalidSettings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    InvalidSettings(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
