package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.documents.Texts;
import express.polaris.web.Shell;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What follows a form. */
final class Answers {

    private Answers() {}

    /** After a change the browser asks for a page, so that a reload repeats nothing. */
    static ResponseEntity<Void> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }

    /**
     * What was done, in words; nothing for what no text is written for.
     *
     * @param key the beginning of the text's key
     * @param done what the address says was done
     */
    static Optional<Shell.Notice> done(String key, String done, Account operator) {
        return done.matches("[A-Za-z]{1,30}")
                ? Texts.of(operator.locale()).find(key + done).map(text -> new Shell.Notice(Shell.Tone.SUCCESS, text))
                : Optional.empty();
    }
}
