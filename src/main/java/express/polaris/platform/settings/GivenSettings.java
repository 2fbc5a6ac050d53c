package express.polaris.platform.settings;

import java.util.List;
import java.util.Map;

/**
 * What was given for settings, before it is understood.
 *
 * @param byName by variable name, e.g. {@code POLARIS_STEVE_BASE_URL}
 * @param faults of the files that settings were read from
 */
record GivenSettings(Map<String, Given> byName, List<String> faults) {

    /** A text and where it was found. */
    record Given(String text, Origin origin) {}

    GivenSettings {
        byName = Map.copyOf(byName);
        faults = List.copyOf(faults);
    }
}
