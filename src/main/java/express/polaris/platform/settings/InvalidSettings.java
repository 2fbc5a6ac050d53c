package express.polaris.platform.settings;

import java.util.List;

/** Invalid settings; every fault names the setting, the given value (unless it is secret) and the allowed values. */
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
