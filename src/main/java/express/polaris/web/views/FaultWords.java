package express.polaris.web.views;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.documents.WordingTexts;
import express.polaris.sync.SyncFault;
import java.util.Locale;
import java.util.Optional;

/** Says faults of sync in the reader's language. The technical detail is English, and a part of the English sentence alone. */
public record FaultWords(Texts texts, Format format) {

    public String of(SyncFault fault) {
        return isEnglish() ? fault.english() : new WordingTexts(texts, format).of(fault.wording());
    }

    /** The technical detail where {@link #of} leaves it out. */
    public Optional<String> detail(SyncFault fault) {
        return isEnglish() ? Optional.empty() : fault.detail();
    }

    private boolean isEnglish() {
        return texts.language().equals(Locale.ENGLISH.getLanguage());
    }
}
