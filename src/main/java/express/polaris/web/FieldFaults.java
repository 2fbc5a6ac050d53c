package express.polaris.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Texts of a form's faults by field; the empty name is the form as a whole. Keeps the first fault of each field. */
public record FieldFaults(Map<String, String> byField) {

    public static final FieldFaults NONE = new FieldFaults(Map.of());

    public FieldFaults {
        byField = new LinkedHashMap<>(byField);
    }

    public boolean isEmpty() {
        return byField.isEmpty();
    }

    public Optional<String> at(String field) {
        return Optional.ofNullable(byField.get(field));
    }

    /** The same faults with the form's field names. */
    public FieldFaults named(UnaryOperator<String> names) {
        var named = new LinkedHashMap<String, String>();
        byField.forEach((field, words) -> named.putIfAbsent(names.apply(field), words));
        return new FieldFaults(named);
    }

    /** Messages of fields that the form does not have. */
    public List<String> beside(List<String> fields) {
        return byField.entrySet().stream()
                .filter(fault -> !fields.contains(fault.getKey()))
                .map(fault -> fault.getKey().isEmpty() ? fault.getValue() : fault.getKey() + ": " + fault.getValue())
                .toList();
    }

    /** Each text once. */
    public List<String> all() {
        return byField.values().stream().distinct().toList();
    }
}
