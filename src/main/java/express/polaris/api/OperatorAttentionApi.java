package express.polaris.api;

import express.polaris.attention.Attention;
import express.polaris.attention.AttentionItem;
import express.polaris.console.AttentionLinks;
import express.polaris.console.AttentionWords;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What needs an operator's attention. */
@RestController
class OperatorAttentionApi {

    private static final AttentionWords WORDS =
            new AttentionWords(Texts.of(Locale.ENGLISH), new Format(Locale.ENGLISH, ZoneOffset.UTC));

    private final Attention attention;

    OperatorAttentionApi(Attention attention) {
        this.attention = attention;
    }

    /** The list is whole: there is no further page. */
    record AttentionList(List<AttentionEntry> items) {}

    /**
     * One thing to look at.
     *
     * @param kind such as {@code unlinked_tag}
     * @param subject what it is about: the id of a session, an idTag, the code of a plan; empty where there is one alone
     * @param count how many sessions, errors or subscriptions it stands for
     * @param message in English
     * @param href the console's page that mends it
     */
    record AttentionEntry(
            String kind, String subject, long count, Optional<Instant> since, String message, String href) {

        static AttentionEntry of(AttentionItem item) {
            return new AttentionEntry(
                    item.kind().wireName(),
                    item.subject(),
                    item.count(),
                    item.since(),
                    WORDS.message(item),
                    AttentionLinks.of(item.finding()));
        }
    }

    @GetMapping("/api/v1/operator/attention")
    @Operation(
            summary = "What needs attention, the gravest first",
            description = "Of each kind at most 50, and one more that stands for the rest. An empty list means that"
                    + " everything is accounted for.")
    AttentionList list() {
        return new AttentionList(
                attention.items().stream().map(AttentionEntry::of).toList());
    }
}
