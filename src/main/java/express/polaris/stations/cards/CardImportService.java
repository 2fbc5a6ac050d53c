package express.polaris.stations.cards;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.platform.refusals.Refusal;
import express.polaris.stations.cards.CsvRecords.CsvRecord;
import express.polaris.stations.cards.CsvRecords.Malformed;
import express.polaris.stations.cards.ImportLine.Verdict;
import express.polaris.stations.cards.ImportLine.Verdict.AlreadyLinked;
import express.polaris.stations.cards.ImportLine.Verdict.Changed;
import express.polaris.stations.cards.ImportLine.Verdict.Duplicate;
import express.polaris.stations.cards.ImportLine.Verdict.Linked;
import express.polaris.stations.cards.ImportLine.Verdict.Refused;
import express.polaris.stations.cards.ImportLine.Verdict.UnknownDriver;
import express.polaris.stations.cards.ImportLine.Verdict.Unreadable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bulk link of idTags to drivers, from CSV with the columns {@code id_tag,email,label,from}. A dry run previews each
 * line, and applying does exactly what it showed: each line runs in a transaction of its own and is rolled back if it
 * would attach a different number of sessions. An idTag that is already linked is left alone, so an import may be
 * repeated.
 */
@Service
public class CardImportService {

    public static final int MOST_LINES = 5_000;

    private static final List<String> COLUMNS = List.of("id_tag", "email", "label", "from");

    private final CardLinkService links;
    private final OperatorCards changes;
    private final CardService cards;
    private final AccountService accounts;
    private final TransactionTemplate transaction;

    CardImportService(
            CardLinkService links,
            OperatorCards changes,
            CardService cards,
            AccountService accounts,
            TransactionTemplate transaction) {
        this.links = links;
        this.changes = changes;
        this.cards = cards;
        this.accounts = accounts;
        this.transaction = transaction;
    }

    /** Result of the dry run for a line to be linked; applying must match it exactly. */
    public record Expected(Instant from, int sessions) {}

    /** Result for a whole table: its lines, or why it cannot be read. */
    public sealed interface Table {

        record Readable(List<ImportLine> lines) implements Table {
            public Readable {
                lines = List.copyOf(lines);
            }
        }

        /** No line below the header line. */
        record Empty() implements Table {}

        /** The header line lacks {@code id_tag} or {@code email}, or has a duplicate or unknown column. */
        record NoHeadings() implements Table {}

        /** More than {@link #MOST_LINES}. */
        record TooLong(int lines) implements Table {}

        /** Unbalanced or misplaced quote, in this line. */
        record BadQuote(int line) implements Table {}
    }

    private record Wish(
            int line, String idTag, String email, Optional<String> label, Optional<Instant> from, boolean badFrom) {}

    private record Ready(IdTag idTag, Account driver) {}

    /**
     * @param zone time zone of values in {@code from} that have none
     */
    public Table dryRun(String csv, ZoneId zone) {
        return each(csv, zone, (wish, ready) -> preview(wish, ready));
    }

    /**
     * Links the lines that the dry run would link; checks the other lines again without linking them.
     *
     * @param expected result of the dry run by line
     */
    public Table apply(AccountId operator, String csv, ZoneId zone, Map<Integer, Expected> expected) {
        return each(
                csv,
                zone,
                (wish, ready) -> Optional.ofNullable(expected.get(wish.line()))
                        .map(what -> link(operator, wish, ready, what))
                        .orElseGet(() -> unexpected(preview(wish, ready))));
    }

    private interface Treatment {
        Verdict of(Wish wish, Ready ready);
    }

    private Table each(String csv, ZoneId zone, Treatment treatment) {
        List<CsvRecord> records;
        try {
            records = CsvRecords.read(csv);
        } catch (Malformed malformed) {
            return new Table.BadQuote(malformed.line());
        }
        if (records.isEmpty()) {
            return new Table.Empty();
        }
        var columns = columns(records.getFirst());
        if (columns.isEmpty()) {
            return new Table.NoHeadings();
        }
        var rows = records.subList(1, records.size());
        if (rows.isEmpty()) {
            return new Table.Empty();
        }
        if (rows.size() > MOST_LINES) {
            return new Table.TooLong(rows.size());
        }
        var seen = new HashMap<IdTag, Integer>();
        var lines = new ArrayList<ImportLine>();
        for (var row : rows) {
            var wish = wish(row, columns.get(), zone);
            lines.add(new ImportLine(wish.line(), wish.idTag(), wish.email(), verdict(wish, seen, treatment)));
        }
        return new Table.Readable(lines);
    }

    private Verdict verdict(Wish wish, Map<IdTag, Integer> seen, Treatment treatment) {
        var idTag = IdTag.parse(wish.idTag());
        if (idTag.isEmpty()) {
            return new Unreadable("id_tag");
        }
        var earlier = seen.putIfAbsent(idTag.get(), wish.line());
        if (earlier != null) {
            return new Duplicate(earlier);
        }
        if (wish.badFrom()) {
            return new Unreadable("from");
        }
        if (!wish.email().contains("@")) {
            return new Unreadable("email");
        }
        var driver = accounts.findByEmail(wish.email());
        if (driver.isEmpty()) {
            return new UnknownDriver();
        }
        var ready = new Ready(idTag.get(), driver.get());
        return theirs(wish, ready)
                .<Verdict>map(card -> new AlreadyLinked(driver.get(), card))
                .orElseGet(() -> treatment.of(wish, ready));
    }

    /** The driver's card that already covers this line. */
    private Optional<EvCard> theirs(Wish wish, Ready ready) {
        return cards.ofIdTag(ready.idTag()).stream()
                .filter(card -> card.driver().equals(ready.driver().id())
                        && card.until().isEmpty())
                .filter(card ->
                        wish.from().map(from -> !from.isBefore(card.from())).orElse(true))
                .findFirst();
    }

    private Verdict preview(Wish wish, Ready ready) {
        return switch (links.previewLink(ready.idTag(), ready.driver().id(), wish.label(), wish.from())) {
            case CardPreview.Possible(var card, var attaches, var _) ->
                new Linked(ready.driver(), card.from(), attaches.sessions());
            case CardPreview.Refused(var refusal) -> new Refused(refusal);
        };
    }

    private static Verdict unexpected(Verdict preview) {
        return preview instanceof Linked linked ? new Changed(linked.sessions()) : preview;
    }

    private Verdict link(AccountId operator, Wish wish, Ready ready, Expected expected) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                var change = changes.link(
                        operator, ready.idTag(), ready.driver().id(), wish.label(), Optional.of(expected.from()));
                if (change.attachedSessions() != expected.sessions()) {
                    status.setRollbackOnly();
                    return new Changed(change.attachedSessions());
                }
                return new Linked(ready.driver(), change.card().from(), change.attachedSessions());
            }));
        } catch (Refusal refusal) {
            return new Refused(refusal);
        }
    }

    private static Wish wish(CsvRecord row, Map<String, Integer> columns, ZoneId zone) {
        var from = cell(row, columns, "from");
        var instant = from.flatMap(text -> instant(text, zone));
        return new Wish(
                row.line(),
                cell(row, columns, "id_tag").orElse(""),
                cell(row, columns, "email").orElse(""),
                cell(row, columns, "label"),
                instant,
                from.isPresent() && instant.isEmpty());
    }

    private static Optional<String> cell(CsvRecord row, Map<String, Integer> columns, String name) {
        return Optional.ofNullable(columns.get(name))
                .filter(index -> index < row.cells().size())
                .map(index -> row.cells().get(index).strip())
                .filter(text -> !text.isEmpty());
    }

    private static Optional<Map<String, Integer>> columns(CsvRecord headings) {
        var columns = new HashMap<String, Integer>();
        for (int i = 0; i < headings.cells().size(); i++) {
            var name = headings.cells().get(i).strip().toLowerCase(Locale.ROOT);
            if (!COLUMNS.contains(name) || columns.putIfAbsent(name, i) != null) {
                return Optional.empty();
            }
        }
        return columns.containsKey("id_tag") && columns.containsKey("email") ? Optional.of(columns) : Optional.empty();
    }

    /** Parses an instant with an offset, or a local date-time or date in the zone. */
    private static Optional<Instant> instant(String text, ZoneId zone) {
        try {
            if (text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d")) {
                return Optional.of(java.time.OffsetDateTime.parse(text).toInstant());
            }
            return Optional.of(
                    text.contains("T") || text.contains(" ")
                            ? LocalDateTime.parse(text.replace(' ', 'T'))
                                    .atZone(zone)
                                    .toInstant()
                            : LocalDate.parse(text).atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
