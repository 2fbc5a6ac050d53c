package express.polaris.billing.statements;

import express.polaris.accounts.AccountId;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Statements that were drawn up: a driver's own, or any for operators. */
@Service
public class StatementService {

    private final StatementRepository repository;

    StatementService(StatementRepository repository) {
        this.repository = repository;
    }

    /** Finds the driver's own statement with its lines; empty if it does not exist or is another driver's. */
    public Optional<Statement> find(String number, AccountId driver) {
        return StatementNumber.parse(number).flatMap(parsed -> repository.find(parsed, Optional.of(driver)));
    }

    /** Finds any driver's statement with its lines, for operators and background tasks. */
    public Optional<Statement> find(String number) {
        return StatementNumber.parse(number).flatMap(parsed -> repository.find(parsed, Optional.empty()));
    }

    /**
     * Lists the driver's statements without lines, last drawn up first.
     *
     * @param before number of the previous page's last statement; empty for the first page
     */
    public List<Statement> page(AccountId driver, Optional<String> before, int limit) {
        return repository.page(driver, before, limit);
    }

    /** Numbers of all statements of a driver's month: the statement itself, then its corrections in order. */
    public List<String> ofMonth(AccountId driver, YearMonth month) {
        return repository.ofMonth(driver, month);
    }

    /** Years with a statement, latest first. */
    public List<Integer> years(AccountId driver) {
        return repository.years(driver);
    }

    /** Statements and corrections of a year's months, added up. */
    public StatementYear year(AccountId driver, int year) {
        return StatementYear.of(year, repository.ofYear(driver, year));
    }

    /** The statement's PDF as it was stored. */
    public Optional<byte[]> pdf(String number) {
        return repository.pdf(number);
    }

    /** Stores the PDF unless one is stored, and returns the stored one. */
    public byte[] keepPdf(String number, byte[] pdf) {
        repository.storePdf(number, pdf);
        return repository.pdf(number).orElseThrow();
    }
}
