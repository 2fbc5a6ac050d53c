package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.attention.Attention;
import express.polaris.attention.AttentionKind;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.NotFound;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Dismisses findings. */
@Controller
class AttentionController {

    private final Attention attention;

    AttentionController(Attention attention) {
        this.attention = attention;
    }

    /**
     * Dismisses the items of the page.
     *
     * @param subject subject of each item
     * @param version version of each item, in the same order
     * @param from page to return to: {@code mails}, otherwise the overview
     */
    @PostMapping("/operator/attention/seen")
    ResponseEntity<Void> seen(
            @RequestParam String kind,
            @RequestParam(defaultValue = "") List<String> subject,
            @RequestParam(defaultValue = "") List<String> version,
            @RequestParam(defaultValue = "") String from,
            @SignedInAccount Account operator) {
        var known = Arrays.stream(AttentionKind.values())
                .filter(it -> it.wireName().equals(kind))
                .findFirst()
                .orElseThrow(NotFound::new);
        var versions = new HashMap<String, String>();
        for (int i = 0; i < Math.min(subject.size(), version.size()); i++) {
            versions.put(subject.get(i), version.get(i));
        }
        int marked = attention.seen(operator.id(), known, versions);
        var page = from.equals("mails") ? "/operator/mails" : "/operator";
        return AfterForm.seeOther(page + "?done=" + (marked > 0 ? "seen" : "changed"));
    }

    static Optional<Shell.Notice> notice(String outcome, Texts texts) {
        return switch (outcome) {
            case "seen" -> Optional.of(new Shell.Notice(Shell.Tone.SUCCESS, texts.get("attention.done.seen")));
            case "changed" -> Optional.of(new Shell.Notice(Shell.Tone.INFO, texts.get("attention.done.changed")));
            default -> Optional.empty();
        };
    }
}
