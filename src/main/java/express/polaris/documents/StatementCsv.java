package express.polaris.documents;

import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementLine;
import express.polaris.billing.statements.StatementYear;
import express.polaris.units.Energy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Employer statements as tables. The rows of {@code amount} add up to the statement's total; each is, but for rounding,
 * kwh × rate − stated_kwh × stated_rate.
 */
final class StatementCsv {

    private static final List<String> COLUMNS = List.of(
            "number",
            "corrects",
            "month",
            "session",
            "started_at",
            "ended_at",
            "charger",
            "meter_start_kwh",
            "meter_stop_kwh",
            "basis",
            "kwh",
            "stated_kwh",
            "difference_kwh",
            "rate",
            "stated_rate",
            "rate_kind",
            "amount",
            "currency");

    private static final List<String> YEAR_COLUMNS =
            List.of("number", "corrects", "month", "drawn_up_at", "kwh", "amount", "currency");

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

    private static final int DECIMALS = 3;

    private final Texts texts;
    private final CsvStyle style;
    private final ZoneId zone;

    private StatementCsv(Texts texts, CsvStyle style, ZoneId zone) {
        this.texts = texts;
        this.style = style;
        this.zone = zone;
    }

    static byte[] of(Statement statement, CsvStyle style) {
        var table = new StatementCsv(Texts.of(statement.locale()), style, statement.zone());
        return table.write(
                COLUMNS,
                statement.lines().stream()
                        .map(line -> table.row(statement, line))
                        .toList());
    }

    static byte[] of(StatementYear year, Texts texts, CsvStyle style) {
        return new StatementCsv(texts, style, ZoneId.of("UTC"))
                .write(
                        YEAR_COLUMNS,
                        year.months().stream()
                                .flatMap(month -> month.statements().stream())
                                .map(statement -> new StatementCsv(texts, style, statement.zone()).row(statement))
                                .toList());
    }

    private List<String> row(Statement statement, StatementLine line) {
        return List.of(
                statement.number(),
                statement.corrects().orElse(""),
                statement.month().toString(),
                line.session().toString(),
                time(line.startedAt()),
                time(line.endedAt()),
                Csv.text(line.chargerName()),
                energy(line.meterStart()),
                line.meterStop().map(this::energy).orElse(""),
                word(
                        "employer.csv.basis." + line.basis().wireName(),
                        line.basis().wireName()),
                energy(line.energy()),
                line.stated().map(stated -> energy(stated.energy())).orElse(""),
                energy(line.difference()),
                number(line.rate()),
                line.stated().map(stated -> number(stated.rate())).orElse(""),
                word(
                        "employer.csv.kind." + line.rateKind().wireName(),
                        line.rateKind().wireName()),
                number(line.amount()),
                statement.currency().getCurrencyCode());
    }

    private List<String> row(Statement statement) {
        return List.of(
                statement.number(),
                statement.corrects().orElse(""),
                statement.month().toString(),
                time(statement.drawnUpAt()),
                energy(statement.energy()),
                number(statement.total().amount()),
                statement.currency().getCurrencyCode());
    }

    private byte[] write(List<String> columns, List<List<String>> rows) {
        var out = new ByteArrayOutputStream();
        try {
            var csv = style == CsvStyle.SEMICOLON ? Csv.withSemicolons(out) : new Csv(out);
            csv.row(columns.stream()
                    .map(column -> word("employer.csv." + column, column))
                    .toList());
            for (var row : rows) {
                csv.row(row);
            }
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private String word(String key, String wireName) {
        return style == CsvStyle.SEMICOLON ? texts.get(key) : wireName;
    }

    private String time(Instant instant) {
        return (style == CsvStyle.SEMICOLON ? LOCAL : ISO).format(instant.atZone(zone));
    }

    /** kWh, exact, with at least three decimals. */
    private String energy(Energy energy) {
        var exact = energy.kilowattHours().stripTrailingZeros();
        return number(exact.setScale(Math.max(DECIMALS, exact.scale())));
    }

    private String number(BigDecimal value) {
        var plain = value.toPlainString();
        return style == CsvStyle.SEMICOLON ? plain.replace('.', ',') : plain;
    }
}
