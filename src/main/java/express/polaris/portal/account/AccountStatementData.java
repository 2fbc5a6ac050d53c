package express.polaris.portal.account;

import express.polaris.accounts.AccountId;
import express.polaris.billing.statements.HomeMark;
import express.polaris.billing.statements.Reimbursement;
import express.polaris.billing.statements.ReimbursementService;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementLine;
import express.polaris.billing.statements.StatementService;
import express.polaris.units.Energy;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Exports a driver's terms of reimbursement and employer statements as JSON. */
@Component
class AccountStatementData {

    private static final int AT_A_TIME = 100;

    private final ReimbursementService terms;
    private final StatementService statements;

    AccountStatementData(ReimbursementService terms, StatementService statements) {
        this.terms = terms;
        this.statements = statements;
    }

    void write(AccountId driver, JsonGenerator generator) {
        generator.writePOJOProperty("reimbursement", terms(terms.of(driver)));
        generator.writeArrayPropertyStart("statements");
        var page = statements.page(driver, Optional.empty(), AT_A_TIME);
        while (!page.isEmpty()) {
            for (var statement : page) {
                statements.find(statement.number(), driver).ifPresent(found -> generator.writePOJO(statement(found)));
            }
            page = page.size() < AT_A_TIME
                    ? List.of()
                    : statements.page(driver, Optional.of(page.getLast().number()), AT_A_TIME);
        }
        generator.writeEndArray();
    }

    private static Map<String, Object> terms(Reimbursement terms) {
        return AccountData.object(
                "employer", terms.employer(),
                "vehicle", terms.vehicle(),
                "plate", terms.plate(),
                "reference", terms.reference(),
                "sendTo", terms.sendTo(),
                "sendToAgreed", terms.sendToAgreed(),
                "rates",
                        terms.rates().stream()
                                .map(rate -> AccountData.object(
                                        "from", rate.from().toString(),
                                        "to", rate.to().map(LocalDate::toString),
                                        "kind", rate.kind().wireName(),
                                        "amount", rate.amount()))
                                .toList(),
                "home",
                        terms.home().stream()
                                .map(mark -> switch (mark) {
                                    case HomeMark.AtChargeBox at ->
                                        AccountData.object("chargeBox", at.id().value());
                                    case HomeMark.WithCard with ->
                                        AccountData.object("card", with.id().value());
                                })
                                .toList());
    }

    private static Map<String, Object> statement(Statement statement) {
        return AccountData.object(
                "number", statement.number(),
                "month", statement.month().toString(),
                "corrects", statement.corrects(),
                "drawnUpAt", statement.drawnUpAt(),
                "employer", statement.parties().employer(),
                "driverName", statement.parties().driverName(),
                "driverEmail", statement.parties().driverEmail(),
                "vehicle", statement.parties().vehicle(),
                "plate", statement.parties().plate(),
                "reference", statement.parties().reference(),
                "leftOut", statement.leftOut(),
                "energyKwh", statement.energy().kilowattHours(),
                "currency", statement.currency().getCurrencyCode(),
                "total", statement.total().amount(),
                "lines",
                        statement.lines().stream()
                                .map(AccountStatementData::line)
                                .toList());
    }

    private static Map<String, Object> line(StatementLine line) {
        return AccountData.object(
                "session", line.session().value(),
                "chargeBox", line.chargeBoxId(),
                "charger", line.chargerName(),
                "startedAt", line.startedAt(),
                "endedAt", line.endedAt(),
                "meterStartKwh", line.meterStart().kilowattHours(),
                "meterStopKwh", line.meterStop().map(Energy::kilowattHours),
                "basis", line.basis().wireName(),
                "energyKwh", line.energy().kilowattHours(),
                "statedKwh", line.stated().map(stated -> stated.energy().kilowattHours()),
                "rate", line.rate(),
                "statedRate", line.stated().map(StatementLine.Stated::rate),
                "rateKind", line.rateKind().wireName(),
                "amount", line.amount());
    }
}
