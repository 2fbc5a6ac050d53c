package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ownership.UnownedTags;
import express.polaris.sessions.ownership.UnownedTags.Unowned;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.cards.OperatorTags;
import express.polaris.steve.SteveUnavailable;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell.Tone;
import express.polaris.web.WithoutSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** SteVe's idTags with their owners, and idTags without an owner that were used recently. */
@Controller
class TagController {

    static final String NAVIGATION = "nav.console.cards";

    /** Outcomes that {@code ?done=} may name, with their tones. */
    static final Map<String, Tone> DONE = Map.of(
            "linked", Tone.SUCCESS,
            "unlinked", Tone.SUCCESS,
            "transferred", Tone.SUCCESS,
            "blocked", Tone.SUCCESS,
            "block-owed", Tone.WARNING,
            "unblocked", Tone.SUCCESS,
            "found", Tone.SUCCESS,
            "steve-down", Tone.DANGER);

    private static final int ROWS = 50;
    private static final int MOST_UNKNOWN = 20;
    private static final Duration LATELY = Duration.ofDays(30);

    private final TagReader tags;
    private final UnownedTags unowned;
    private final OperatorTags changes;
    private final ConsolePages pages;
    private final Clock clock;

    TagController(TagReader tags, UnownedTags unowned, OperatorTags changes, ConsolePages pages, Clock clock) {
        this.tags = tags;
        this.unowned = unowned;
        this.changes = changes;
        this.pages = pages;
        this.clock = clock;
    }

    @WithoutSnapshot
    @GetMapping("/operator/cards")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var filter = new TagListPage.Filter(search.strip(), TagListPage.Kind.parse(kind));
        var all = tags.all();
        var matching = all.rows().stream()
                .filter(row -> filter.kind().map(row::is).orElse(true))
                .filter(row -> row.matches(filter.search()))
                .toList();
        var rest =
                matching.stream().filter(row -> row.key().compareTo(after) > 0).toList();
        var rows = rest.subList(0, Math.min(ROWS, rest.size()));
        var next = rest.size() > rows.size()
                ? Optional.of(filter.hrefAfter(rows.getLast().key()))
                : Optional.<String>empty();
        var shell = pages.shell(
                operator, csrf, NAVIGATION, AfterForm.notice(done, "tags.done.", DONE, Texts.of(operator.locale())));
        return pages.render(
                "console/cards/list.jte",
                new TagListPage(shell, filter, all.steveAnswers(), unknown(filter), rows, matching.size(), next));
    }

    /** Blocks an idTag without an owner. A card is blocked on its own page. */
    @PostMapping("/operator/cards/tags/block")
    ResponseEntity<byte[]> block(@RequestParam(defaultValue = "") String idTag, @SignedInAccount Account operator) {
        var tag = IdTag.parse(idTag).orElseThrow(NotFound::new);
        try {
            changes.block(operator.id(), tag);
            return AfterForm.seeOther("/operator/cards?done=blocked");
        } catch (SteveUnavailable down) {
            return AfterForm.seeOther("/operator/cards?done=steve-down");
        }
    }

    @PostMapping("/operator/cards/tags/unblock")
    ResponseEntity<byte[]> unblock(@RequestParam(defaultValue = "") String idTag, @SignedInAccount Account operator) {
        var tag = IdTag.parse(idTag).orElseThrow(NotFound::new);
        try {
            changes.unblock(operator.id(), tag);
            return AfterForm.seeOther("/operator/cards?done=unblocked");
        } catch (SteveUnavailable down) {
            return AfterForm.seeOther("/operator/cards?done=steve-down");
        }
    }

    private List<Unowned> unknown(TagListPage.Filter filter) {
        return filter.isNarrowed() ? List.of() : unowned.since(clock.instant().minus(LATELY), MOST_UNKNOWN);
    }
}
