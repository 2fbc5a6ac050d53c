package express.polaris.api;

import express.polaris.attention.Attention;
import express.polaris.attention.AttentionItem;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.web.views.AttentionAddresses;
import express.polaris.web.views.AttentionWords;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Findings that need an operator's attention. */
@RestController
class OperatorAttentionApi {

    private static final AttentionWords WORDS =
            new AttentionWords(Texts.of(Locale.ENGLISH), new Format(Locale.ENGLISH, ZoneOffset.UTC));

    private final Attention attention;

    OperatorAttentionApi(Attention attention) {
        this.attention = attention;
    }

    /** Complete list, without further pages. */
    record AttentionList(List<AttentionEntry> items) {}

    /**
     * Finding.
     *
     * @param kind e.g. {@code unlinked_tag}
     * @param subject id of a session, an idTag or the code of a plan; empty for a kind that has only one finding
     * @param count number of sessions, errors or subscriptions that it covers
     * @param message in English
     * @param href console page on which to resolve it
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
                    AttentionAddresses.of(item.finding()));
        }
    }

    @GetMapping("/api/v1/operator/attention")
    @Operation(
            summary = "Findings that need attention, most serious first",
            description = "At most 50 of each kind, and one more that counts the rest. An empty list means that"
                    + " everything is accounted for.")
    AttentionList list() {
        return new AttentionList(
                attention.items().stream().map(AttentionEntry::of).toList());
    }
}
