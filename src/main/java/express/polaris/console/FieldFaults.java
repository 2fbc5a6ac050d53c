package express.polaris.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a form that was sent, in words, by the name of its field; an empty name stands for the form as a
 * whole. The first fault of a field counts.
 */
public record FieldFaults(Map<String, String> byField) {

    public static final FieldFaults NONE = new FieldFaults(Map.of());

    public FieldFaults {
        byField = new LinkedHashMap<>(byField);
    }

    /** Of the form as a whole. */
    static FieldFaults of(String message) {
        return new FieldFaults(Map.of("", sentence(message)));
    }

    public boolean isEmpty() {
        return byField.isEmpty();
    }

    public Optional<String> at(String field) {
        return Optional.ofNullable(byField.get(field));
    }

    /** Those that no field of the form shows. */
    public List<String> beside(List<String> fields) {
        return byField.entrySet().stream()
                .filter(fault -> !fields.contains(fault.getKey()))
                .map(fault -> fault.getKey().isEmpty() ? fault.getValue() : fault.getKey() + ": " + fault.getValue())
                .toList();
    }

    static String sentence(String message) {
        return message.substring(0, 1).toUpperCase(Locale.ROOT)
                + message.substring(1)
                + (message.endsWith(".") ? "" : ".");
    }
}
