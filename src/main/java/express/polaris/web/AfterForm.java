package express.polaris.web;

import express.polaris.documents.Texts;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The page after a form that did what it was sent for: the browser asks for it, so that a reload repeats nothing, and
 * {@code ?done=…} in its address names the notice that it shows.
 */
public final class AfterForm {

    private AfterForm() {}

    /** Any type of body: there is none. */
    public static <T> ResponseEntity<T> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }

    /**
     * The notice of what was done; empty for a name that is not known.
     *
     * @param prefix what the texts' keys begin with
     * @param known what may be said to have been done, and how it looks
     */
    public static Optional<Shell.Notice> notice(
            String done, String prefix, Map<String, Shell.Tone> known, Texts texts, Object... arguments) {
        return Optional.ofNullable(known.get(done))
                .map(tone -> new Shell.Notice(tone, texts.get(prefix + done, arguments)));
    }

    /** The notice of a success; empty for a name that no text is written for. */
    public static Optional<Shell.Notice> success(String done, String prefix, Texts texts) {
        return done.matches("[A-Za-z]{1,30}")
                ? texts.find(prefix + done).map(text -> new Shell.Notice(Shell.Tone.SUCCESS, text))
                : Optional.empty();
    }

    /** The notice of a refusal. */
    public static Shell.Notice refusal(String text) {
        return new Shell.Notice(Shell.Tone.DANGER, text);
    }
}
