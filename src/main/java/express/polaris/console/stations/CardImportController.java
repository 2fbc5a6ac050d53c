package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.console.stations.CardImportPage.Look;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.BadParameter;
import express.polaris.stations.cards.CardImportService;
import express.polaris.stations.cards.CardImportService.Expected;
import express.polaris.stations.cards.CardImportService.Table;
import express.polaris.stations.cards.ImportLine;
import express.polaris.stations.cards.ImportLine.Verdict;
import express.polaris.web.AfterForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * Links cards from a CSV table: previews every line, then applies the preview. Posting a form twice has no further
 * effect.
 */
@Controller
class CardImportController {

    private static final String TEMPLATE = "console/cards/import.jte";

    private final CardImportService imports;
    private final ConsolePages pages;

    CardImportController(CardImportService imports, ConsolePages pages) {
        this.imports = imports;
        this.pages = pages;
    }

    @GetMapping("/operator/cards/import")
    ResponseEntity<byte[]> form(@SignedInAccount Account operator, CsrfToken csrf) {
        return render(HttpStatus.OK, "", Optional.empty(), List.of(), false, operator, csrf);
    }

    @PostMapping("/operator/cards/import")
    ResponseEntity<byte[]> dryRun(
            @RequestParam(defaultValue = "") String csv,
            @RequestParam(required = false) Optional<MultipartFile> file,
            @SignedInAccount Account operator,
            CsrfToken csrf)
            throws IOException {
        var chosen = file.filter(upload -> !upload.isEmpty());
        var text = chosen.isPresent() ? utf8(chosen.get().getBytes()) : Optional.of(csv);
        if (text.isEmpty()) {
            var fault = Texts.of(operator.locale()).get("tags.import.notUtf8");
            return render(HttpStatus.UNPROCESSABLE_CONTENT, csv, Optional.of(fault), List.of(), false, operator, csrf);
        }
        return answer(text.get(), imports.dryRun(text.get(), operator.timeZone()), false, operator, csrf);
    }

    @PostMapping("/operator/cards/import/apply")
    ResponseEntity<byte[]> apply(
            @RequestParam(defaultValue = "") String csv,
            @RequestParam(defaultValue = "") String expected,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var table = imports.apply(operator.id(), csv, operator.timeZone(), expected(expected));
        return answer(csv, table, true, operator, csrf);
    }

    private ResponseEntity<byte[]> answer(String csv, Table table, boolean applied, Account operator, CsrfToken csrf) {
        var texts = Texts.of(operator.locale());
        var format = new Format(operator.locale(), operator.timeZone());
        Optional<String> fault = switch (table) {
            case Table.Readable ignored -> Optional.empty();
            case Table.Empty() -> Optional.of(texts.get("tags.import.empty"));
            case Table.NoHeadings() -> Optional.of(texts.get("tags.import.noHeadings"));
            case Table.TooLong(int lines) ->
                Optional.of(texts.get(
                        "tags.import.tooLong", format.count(lines), format.count(CardImportService.MOST_LINES)));
            case Table.BadQuote(int line) -> Optional.of(texts.get("tags.import.badQuote", line));
        };
        var lines = table instanceof Table.Readable(var read)
                ? read.stream()
                        .map(line -> line(line, applied, texts, format, operator))
                        .toList()
                : List.<CardImportPage.Line>of();
        return render(
                fault.isPresent() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK,
                csv,
                fault,
                lines,
                applied,
                operator,
                csrf);
    }

    private CardImportPage.Line line(ImportLine line, boolean applied, Texts texts, Format format, Account operator) {
        return switch (line.verdict()) {
            case Verdict.Linked(var driver, var from, int sessions) ->
                new CardImportPage.Line(
                        line,
                        Look.DONE,
                        texts.get(
                                applied ? "tags.import.linked" : "tags.import.willLink",
                                driver.name(),
                                format.dateTime(from),
                                texts.count("list.sessions", sessions)));
            case Verdict.AlreadyLinked(var driver, var ignored) ->
                new CardImportPage.Line(line, Look.NOTHING, texts.get("tags.import.already", driver.name()));
            case Verdict.Refused(var refusal) ->
                new CardImportPage.Line(
                        line, Look.REFUSED, pages.refusals(operator).of(refusal));
            case Verdict.UnknownDriver() ->
                new CardImportPage.Line(line, Look.REFUSED, texts.get("tags.import.unknownDriver"));
            case Verdict.Duplicate(int earlier) ->
                new CardImportPage.Line(line, Look.REFUSED, texts.get("tags.import.duplicate", earlier));
            case Verdict.Unreadable(var column) ->
                new CardImportPage.Line(line, Look.REFUSED, texts.get("tags.import.unreadable", column));
            case Verdict.Changed(int sessions) ->
                new CardImportPage.Line(
                        line, Look.REFUSED, texts.get("tags.import.changed", texts.count("list.sessions", sessions)));
        };
    }

    private ResponseEntity<byte[]> render(
            HttpStatus status,
            String csv,
            Optional<String> fault,
            List<CardImportPage.Line> lines,
            boolean applied,
            Account operator,
            CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, TagController.NAVIGATION, fault.map(AfterForm::refusal));
        return pages.render(status, TEMPLATE, new CardImportPage(shell, csv, fault, lines, applied));
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * @throws BadParameter unless the text has the format of {@link CardImportPage#expected}
     */
    private static Map<Integer, Expected> expected(String text) {
        var expected = new HashMap<Integer, Expected>();
        try {
            for (var part : text.strip().split(" ")) {
                if (!part.isEmpty()) {
                    var parts = part.split("/");
                    expected.put(
                            Integer.valueOf(parts[0]),
                            new Expected(Instant.parse(parts[1]), Integer.parseInt(parts[2])));
                }
            }
        } catch (NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new BadParameter("expected", "the value from the dry run");
        }
        return expected;
    }
}
