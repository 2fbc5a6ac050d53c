package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.api.live.CostJson;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementLine;
import express.polaris.units.Energy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Employer statement as JSON. It never changes.
 *
 * @param corrects number of the statement that this one corrects
 * @param lines absent in lists; their amounts add up to the total
 */
@Schema(name = "ApiStatement")
record StatementJson(
        String number,
        String month,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> corrects,
        String timeZone,
        String employer,
        String vehicle,
        String plate,
        String reference,
        BigDecimal energyKwh,
        BigDecimal total,
        String currency,
        int leftOut,
        Instant drawnUpAt,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<Line>> lines) {

    /**
     * Session on a statement.
     *
     * @param meterStopKwh null if SteVe has no stop value
     * @param basis {@code meter}, {@code decided}, {@code readings} or {@code withdrawn}
     * @param statedKwh what earlier statements of the month have
     * @param statedRate at which they have it
     * @param amount but for rounding, energyKwh × rate − statedKwh × statedRate
     */
    record Line(
            long sessionId,
            Instant startedAt,
            Instant endedAt,
            String chargeBoxId,
            String chargerName,
            BigDecimal meterStartKwh,
            Optional<BigDecimal> meterStopKwh,
            String basis,
            BigDecimal energyKwh,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> statedKwh,
            BigDecimal differenceKwh,
            BigDecimal rate,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> statedRate,
            String rateKind,
            BigDecimal amount) {

        static Line of(StatementLine line) {
            return new Line(
                    line.session().value(),
                    line.startedAt(),
                    line.endedAt(),
                    line.chargeBoxId(),
                    line.chargerName(),
                    line.meterStart().kilowattHours(),
                    line.meterStop().map(Energy::kilowattHours),
                    line.basis().wireName(),
                    line.energy().kilowattHours(),
                    line.stated().map(stated -> stated.energy().kilowattHours()),
                    line.difference().kilowattHours(),
                    CostJson.plain(line.rate()),
                    line.stated().map(stated -> CostJson.plain(stated.rate())),
                    line.rateKind().wireName(),
                    line.amount());
        }
    }

    static StatementJson of(Statement statement) {
        return of(
                statement, Optional.of(statement.lines().stream().map(Line::of).toList()));
    }

    static StatementJson withoutLines(Statement statement) {
        return of(statement, Optional.empty());
    }

    private static StatementJson of(Statement statement, Optional<List<Line>> lines) {
        var parties = statement.parties();
        return new StatementJson(
                statement.number(),
                statement.month().toString(),
                statement.corrects(),
                statement.zone().getId(),
                parties.employer(),
                parties.vehicle(),
                parties.plate(),
                parties.reference(),
                statement.energy().kilowattHours(),
                statement.total().amount(),
                statement.currency().getCurrencyCode(),
                statement.leftOut(),
                statement.drawnUpAt(),
                lines);
    }
}
