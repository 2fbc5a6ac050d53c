package express.polaris.billing.bookkeeping;

import express.polaris.accounts.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Account numbers for exports in DATEV's format.
 *
 * @param chart standard chart of accounts
 * @param consultant number of the tax consultant
 * @param client number of the consultant's client
 * @param accountLength digits of general ledger accounts, from 4 to 8; debtors' accounts have one more
 * @param debtorBase a debtor's account is this number plus the driver's
 * @param bankAccount account that payments are booked on
 * @param yearBegins month in which the business year begins, from 1 to 12
 */
public record BookkeepingAccounts(
        Chart chart,
        int consultant,
        int client,
        int accountLength,
        long debtorBase,
        long bankAccount,
        int yearBegins,
        List<Revenue> revenues) {

    public BookkeepingAccounts {
        revenues = List.copyOf(revenues);
    }

    /** Standard chart of accounts. */
    public enum Chart {
        SKR03("03"),
        SKR04("04");

        private final String code;

        Chart(String code) {
            this.code = code;
        }

        /** The code in DATEV's header. */
        public String code() {
            return code;
        }
    }

    /**
     * Revenue account of a VAT rate.
     *
     * @param vatRate in percent
     * @param buKey DATEV's tax key; empty for an account that carries its VAT rate itself
     */
    public record Revenue(BigDecimal vatRate, long account, String buKey) {}

    /** Usual account numbers of a chart, to start from. */
    public static BookkeepingAccounts suggested(Chart chart) {
        return switch (chart) {
            case SKR03 ->
                new BookkeepingAccounts(
                        chart,
                        1001,
                        1,
                        4,
                        10_000,
                        1200,
                        1,
                        List.of(revenue(19, 8400), revenue(7, 8300), revenue(0, 8200)));
            case SKR04 ->
                new BookkeepingAccounts(
                        chart,
                        1001,
                        1,
                        4,
                        10_000,
                        1800,
                        1,
                        List.of(revenue(19, 4400), revenue(7, 4300), revenue(0, 4200)));
        };
    }

    private static Revenue revenue(int rate, long account) {
        return new Revenue(BigDecimal.valueOf(rate), account, "");
    }

    /** Returns the revenue account of a VAT rate in percent. */
    public Optional<Revenue> revenue(BigDecimal vatRate) {
        return revenues.stream()
                .filter(revenue -> revenue.vatRate().compareTo(vatRate) == 0)
                .findFirst();
    }

    /** Returns the debtor's account of a driver; empty if it has too many digits or is no debtor's account. */
    public Optional<Long> debtor(AccountId driver) {
        long account = debtorBase + driver.value();
        return account <= lastDebtor(accountLength) ? Optional.of(account) : Optional.empty();
    }

    /** The first debtor's account of this length of general ledger accounts, e.g. 10000 for 4. */
    static long firstDebtor(int accountLength) {
        return Math.powExact(10L, accountLength);
    }

    /** The last debtor's account, e.g. 69999 for 4; creditors' accounts follow. */
    static long lastDebtor(int accountLength) {
        return 7 * firstDebtor(accountLength) - 1;
    }

    /** The last account that a debtor can have. */
    public long lastDebtor() {
        return lastDebtor(accountLength);
    }

    /** Returns the first day of the business year that a day belongs to. */
    public LocalDate yearOf(LocalDate day) {
        var begin = day.withDayOfMonth(1).withMonth(yearBegins);
        return begin.isAfter(day) ? begin.minusYears(1) : begin;
    }
}
