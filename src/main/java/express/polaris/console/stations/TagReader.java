package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.LostCardService;
import express.polaris.stations.cards.SteveTagList;
import express.polaris.steve.SteveOcppTag;
import express.polaris.steve.SteveUnavailable;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads SteVe's idTags: all with their owners, or the one of a card. Linked idTags are listed even if SteVe does not
 * answer.
 */
@Component
class TagReader {

    private final SteveTagList steve;
    private final CardService cards;
    private final LostCardService lostCards;
    private final AccountService accounts;
    private final Clock clock;

    TagReader(SteveTagList steve, CardService cards, LostCardService lostCards, AccountService accounts, Clock clock) {
        this.steve = steve;
        this.cards = cards;
        this.lostCards = lostCards;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * @param steveAnswers whether SteVe answered; if not, unlinked idTags are missing and no state is known
     */
    record All(List<TagListPage.Row> rows, boolean steveAnswers) {}

    /** All idTags, sorted. */
    All all() {
        var owned = cards.latest();
        var drivers = accounts.findAll(owned.stream().map(EvCard::driver).toList());
        var byTag = owned.stream()
                .collect(Collectors.toMap(card -> key(card.idTag().value()), card -> card, (one, other) -> one));
        Optional<List<SteveOcppTag>> answer = answer();
        var known = new HashMap<String, SteveOcppTag>();
        answer.orElse(List.of()).forEach(tag -> known.put(key(tag.idTag()), tag));
        var rows = Stream.concat(known.keySet().stream(), byTag.keySet().stream())
                .distinct()
                .map(tag -> row(known.get(tag), byTag.get(tag), drivers))
                .sorted(Comparator.comparing(TagListPage.Row::key))
                .toList();
        return new All(rows, answer.isPresent());
    }

    /** State of the card's idTag. */
    OwnedCardPage.Tag tag(EvCard card) {
        boolean owed = lostCards.owesBlock(card.idTag());
        try {
            var known = steve.find(card.idTag());
            return new OwnedCardPage.Tag(
                    true, known, known.filter(this::isExpired).isPresent(), owed);
        } catch (SteveUnavailable down) {
            return new OwnedCardPage.Tag(false, Optional.empty(), false, owed);
        }
    }

    private boolean isExpired(SteveOcppTag tag) {
        return tag.expiryDate().filter(at -> !at.isAfter(clock.instant())).isPresent();
    }

    private Optional<List<SteveOcppTag>> answer() {
        try {
            return Optional.of(steve.all());
        } catch (SteveUnavailable down) {
            return Optional.empty();
        }
    }

    private TagListPage.Row row(@Nullable SteveOcppTag known, @Nullable EvCard owned, Map<?, Account> drivers) {
        var tag = Optional.ofNullable(known);
        var card = Optional.ofNullable(owned);
        return new TagListPage.Row(
                tag.map(SteveOcppTag::idTag)
                        .or(() -> card.map(it -> it.idTag().value()))
                        .orElseThrow(),
                tag,
                tag.filter(this::isExpired).isPresent(),
                card,
                card.map(it -> it.stateAt(clock.instant())),
                card.map(it -> Optional.ofNullable(drivers.get(it.driver()))
                        .map(Account::name)
                        .orElse("–")));
    }

    private static String key(String idTag) {
        return idTag.toLowerCase(Locale.ROOT);
    }
}
