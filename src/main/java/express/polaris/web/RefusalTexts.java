package express.polaris.web;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.documents.WordingTexts;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.Refusal;
import express.polaris.platform.refusals.TooMany;
import express.polaris.platform.refusals.Wording;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Refusals in the language and time zone of a page's reader. */
public final class RefusalTexts {

    private final Texts texts;
    private final WordingTexts wordings;

    public RefusalTexts(Locale locale, ZoneId zone) {
        this(locale, zone, UnaryOperator.identity());
    }

    /**
     * @param names replaces an id among the parts of a sentence with the text to show; returns other parts unchanged
     */
    public RefusalTexts(Locale locale, ZoneId zone, UnaryOperator<Object> names) {
        this.texts = Texts.of(locale);
        this.wordings = new WordingTexts(texts, new Format(locale, zone), names);
    }

    public String of(Wording wording) {
        return wordings.of(wording);
    }

    /** All sentences of a refusal. */
    public String of(Refusal refusal) {
        return switch (refusal) {
            case InvalidInput invalid ->
                invalid.faults().stream()
                        .map(fault -> of(fault.wording()))
                        .distinct()
                        .collect(Collectors.joining(" "));
            case TooMany tooMany ->
                texts.count(
                        "signIn.tooMany",
                        Math.max(1, tooMany.retryAfter().plusSeconds(59).toMinutes()));
            default -> of(refusal.wording());
        };
    }

    /** Faults of a form; a refusal without a field concerns the form as a whole. */
    public FieldFaults faults(Refusal refusal) {
        return faults(refusal, "");
    }

    /**
     * @param field field to use for a refusal that names none
     */
    public FieldFaults faults(Refusal refusal, String field) {
        return refusal instanceof InvalidInput invalid
                ? faults(invalid.faults())
                : new FieldFaults(Map.of(field, of(refusal)));
    }

    public FieldFaults faults(Iterable<Fault> faults) {
        var byField = new LinkedHashMap<String, String>();
        faults.forEach(fault -> byField.putIfAbsent(fault.field(), of(fault.wording())));
        return new FieldFaults(byField);
    }
}
