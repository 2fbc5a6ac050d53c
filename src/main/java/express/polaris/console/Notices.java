package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.documents.Texts;
import express.polaris.web.Shell;
import express.polaris.web.Shell.Tone;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What was done, told on the page that comes after it: {@code ?done=…} names a text and nothing else. */
final class Notices {

    private Notices() {}

    /**
     * @param prefix what the texts' keys begin with
     * @param known what may be said to have been done, and how it looks
     */
    static Optional<Shell.Notice> of(
            String done, String prefix, Map<String, Tone> known, Account reader, Object... arguments) {
        return Optional.ofNullable(known.get(done))
                .map(tone -> new Shell.Notice(tone, Texts.of(reader.locale()).get(prefix + done, arguments)));
    }

    static Shell.Notice refusal(String text) {
        return new Shell.Notice(Tone.DANGER, text);
    }

    /** After a form: the browser asks for the page anew. */
    static ResponseEntity<byte[]> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
