package express.polaris.documents;

import express.polaris.platform.refusals.Wording;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.UnaryOperator;

/**
 * Sentences of reasons in the reader's language, with instants and days in the reader's format.
 *
 * @param names replaces an id among the arguments with the text that the reader sees; returns any other argument
 *     unchanged
 */
public record WordingTexts(Texts texts, Format format, UnaryOperator<Object> names) {

    public WordingTexts(Texts texts, Format format) {
        this(texts, format, UnaryOperator.identity());
    }

    public String of(Wording wording) {
        var parts = wording.parts().stream().map(part -> switch (part) {
            case Wording inner -> of(inner);
            case Instant instant -> format.dateTime(instant);
            case LocalDate date -> format.date(date);
            default -> names.apply(part);
        });
        return texts.get(wording.reason().key(), parts.toArray());
    }
}
