package express.polaris.web.views;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.documents.WordingTexts;
import express.polaris.sync.SyncFault;
import java.util.Locale;
import java.util.Optional;

/**
 * Describes sync faults in the reader's language. The technical detail is English; only the English sentence
 * includes it.
 */
public record FaultWords(Texts texts, Format format) {

    public String of(SyncFault fault) {
        return isEnglish() ? fault.english() : new WordingTexts(texts, format).of(fault.wording());
    }

    /** Technical detail; empty if {@link #of} already includes it. */
    public Optional<String> detail(SyncFault fault) {
        return isEnglish() ? Optional.empty() : fault.detail();
    }

    private boolean isEnglish() {
        return texts.language().equals(Locale.ENGLISH.getLanguage());
    }
}
