package express.polaris.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The faults of a form that was sent, in words, by the name of their field; an empty name stands for the form as a
 * whole. The first fault of a field counts.
 */
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

    /** The same faults, with each field as the form calls it. */
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

    /** Each sentence once. */
    public List<String> all() {
        return byField.values().stream().distinct().toList();
    }
}
