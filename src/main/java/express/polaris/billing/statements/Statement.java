package express.polaris.billing.statements;

import express.polaris.accounts.AccountId;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Statement of a month's energy charged at home, or a correction of it. It never changes.
 *
 * @param revision 0 for the month's statement, 1 for its first correction, and so on
 * @param corrects number of the statement that it corrects; empty for the statement itself
 * @param locale language of its documents: the driver's when it was drawn up
 * @param zone zone of its days and times: the driver's when it was drawn up
 * @param energy sum of the lines' differences
 * @param total sum of the lines' amounts
 * @param leftOut sessions of the month that are not on it, because their energy is being checked
 * @param lines by start; empty in lists
 */
public record Statement(
        String number,
        AccountId driver,
        YearMonth month,
        int revision,
        Optional<String> corrects,
        Locale locale,
        ZoneId zone,
        Currency currency,
        Parties parties,
        Energy energy,
        Money total,
        int leftOut,
        Instant drawnUpAt,
        List<StatementLine> lines) {

    public Statement {
        lines = List.copyOf(lines);
    }

    /** Driver, employer and car as they were when the statement was drawn up; texts may be empty. */
    public record Parties(
            String driverName, String driverEmail, String employer, String vehicle, String plate, String reference) {

        @Override
        public String toString() {
            return "Parties";
        }
    }

    public boolean isCorrection() {
        return corrects.isPresent();
    }

    Statement with(List<StatementLine> itsLines) {
        return new Statement(
                number, driver, month, revision, corrects, locale, zone, currency, parties, energy, total, leftOut,
                drawnUpAt, itsLines);
    }
}
