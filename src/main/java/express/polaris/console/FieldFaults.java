package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.documents.Worded;
import express.polaris.wording.Wording;
import java.util.LinkedHashMap;
import java.util.List;
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
    static FieldFaults of(Wording wording, Account operator) {
        return new FieldFaults(Map.of("", words(wording, operator)));
    }

    /** A sentence of a page, with instants in the operator's zone. */
    static String words(Wording wording, Account operator) {
        return new Worded(Texts.of(operator.locale()), new Format(operator.locale(), operator.timeZone())).of(wording);
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
}
