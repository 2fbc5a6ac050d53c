package express.polaris.web;

import express.polaris.documents.Texts;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Redirect after a successful form, so that a reload does not repeat it; {@code ?done=…} in the address names the
 * notice to show.
 */
public final class AfterForm {

    private AfterForm() {}

    /** The response has no body, so its type is free. */
    public static <T> ResponseEntity<T> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }

    /**
     * Notice of a completed action; empty for an unknown name.
     *
     * @param prefix prefix of the text keys
     * @param known names of the possible actions, with the tone of their notices
     */
    public static Optional<Shell.Notice> notice(
            String done, String prefix, Map<String, Shell.Tone> known, Texts texts, Object... arguments) {
        return Optional.ofNullable(known.get(done))
                .map(tone -> new Shell.Notice(tone, texts.get(prefix + done, arguments)));
    }

    /** Notice of a success; empty for a name without a text. */
    public static Optional<Shell.Notice> success(String done, String prefix, Texts texts) {
        return done.matches("[A-Za-z]{1,30}")
                ? texts.find(prefix + done).map(text -> new Shell.Notice(Shell.Tone.SUCCESS, text))
                : Optional.empty();
    }

    public static Shell.Notice refusal(String text) {
        return new Shell.Notice(Shell.Tone.DANGER, text);
    }
}
