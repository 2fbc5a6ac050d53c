package express.polaris.documents;

import express.polaris.wording.Wording;
import java.time.Instant;
import java.time.LocalDate;

/** Says a wording in the reader's language, with instants and days as the reader writes them. */
public record Worded(Texts texts, Format format) {

    public String of(Wording wording) {
        var parts = wording.parts().stream().map(part -> switch (part) {
            case Wording inner -> of(inner);
            case Instant instant -> format.dateTime(instant);
            case LocalDate date -> format.date(date);
            default -> part;
        });
        return texts.get(wording.reason().key(), parts.toArray());
    }
}
