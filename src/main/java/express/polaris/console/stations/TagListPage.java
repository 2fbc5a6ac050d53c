package express.polaris.console.stations;

import express.polaris.sessions.ownership.UnownedTags.Unowned;
import express.polaris.stations.cards.CardState;
import express.polaris.stations.cards.EvCard;
import express.polaris.steve.SteveOcppTag;
import express.polaris.web.Shell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Page {@code /operator/cards}.
 *
 * @param steveAnswers whether the state of the idTags is known
 * @param unknown idTags without an owner that charged recently
 * @param next URL of the next page; absent on the last page
 */
public record TagListPage(
        Shell shell,
        Filter filter,
        boolean steveAnswers,
        List<Unowned> unknown,
        List<Row> rows,
        long matching,
        Optional<String> next) {

    /** Filter by kind of idTag. */
    public enum Kind {
        LINKED,
        UNLINKED,
        BLOCKED,
        LOST;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String key() {
            return "tags.kind." + wireName();
        }

        static Optional<Kind> parse(String text) {
            return Stream.of(values())
                    .filter(kind -> kind.wireName().equals(text))
                    .findFirst();
        }
    }

    /**
     * idTag that SteVe has, or that was linked at some time.
     *
     * @param steve absent if SteVe does not have it or does not answer
     * @param card its latest ownership interval
     * @param driver owner in that interval
     */
    public record Row(
            String idTag,
            Optional<SteveOcppTag> steve,
            boolean expired,
            Optional<EvCard> card,
            Optional<CardState> state,
            Optional<String> driver) {

        public boolean isLinked() {
            return state.filter(it -> it != CardState.ENDED).isPresent();
        }

        public boolean isBlocked() {
            return steve.filter(SteveOcppTag::blocked).isPresent();
        }

        boolean is(Kind kind) {
            return switch (kind) {
                case LINKED -> isLinked();
                case UNLINKED -> !isLinked();
                case BLOCKED -> isBlocked();
                case LOST -> state.equals(Optional.of(CardState.LOST));
            };
        }

        boolean matches(String search) {
            return Stream.of(Optional.of(idTag), driver, card.map(EvCard::label), steve.flatMap(SteveOcppTag::note))
                    .flatMap(Optional::stream)
                    .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT)));
        }

        String key() {
            return idTag.toLowerCase(Locale.ROOT);
        }

        /** Page of its card, or the page that links it. */
        public String href() {
            return card.map(it -> "/operator/cards/" + it.id().value()).orElseGet(this::linkHref);
        }

        public String linkHref() {
            return TagListPage.linkHref(idTag);
        }
    }

    /** Filter as given in the query string. */
    public record Filter(String search, Optional<Kind> kind) {

        public boolean isNarrowed() {
            return !search.isEmpty() || kind.isPresent();
        }

        public String href(Optional<Kind> other) {
            return href(other, Optional.empty());
        }

        String hrefAfter(String key) {
            return href(kind, Optional.of(key));
        }

        private String href(Optional<Kind> wanted, Optional<String> after) {
            var query = new ArrayList<String>();
            if (!search.isEmpty()) {
                query.add("search=" + encoded(search));
            }
            wanted.ifPresent(it -> query.add("kind=" + it.wireName()));
            after.ifPresent(it -> query.add("after=" + encoded(it)));
            return "/operator/cards" + (query.isEmpty() ? "" : "?" + String.join("&", query));
        }
    }

    /** Page that links this idTag. */
    public static String linkHref(String idTag) {
        return "/operator/cards/link?idTag=" + encoded(idTag);
    }

    /** Transactions of this idTag. */
    public static String transactionsHref(String idTag) {
        return "/operator/transactions?idTag=" + encoded(idTag);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
