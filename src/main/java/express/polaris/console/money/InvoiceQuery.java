package express.polaris.console.money;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.InvoiceFilter;
import express.polaris.billing.invoicing.InvoiceFilter.State;
import express.polaris.web.views.ConsolePaths;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Filter of the invoice list, taken from the query string. Unknown or invalid parameters do not narrow the list,
 * except an invalid driver id, which matches nothing.
 *
 * @param search prefix of a number, or part of the recipient's name or e-mail address
 * @param month from 1 to 12; only together with a year
 */
public record InvoiceQuery(
        String search, Optional<Long> driver, Optional<Integer> year, Optional<Integer> month, Optional<State> state) {

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2999;
    private static final int LONGEST_SEARCH = 100;

    /** Driver id that does not exist. An invalid id is replaced by it, so that both give the same answer. */
    private static final long NOBODY = 0;

    static InvoiceQuery of(Map<String, String> parameters) {
        var year = number(parameters, "year").filter(it -> it >= FIRST_YEAR && it <= LAST_YEAR);
        return new InvoiceQuery(
                text(parameters, "q").map(InvoiceQuery::searchable).orElse(""),
                text(parameters, "driverId").map(id -> ConsolePaths.id(id).orElse(NOBODY)),
                year,
                year.flatMap(it -> number(parameters, "month")).filter(it -> it >= 1 && it <= 12),
                text(parameters, "state").flatMap(InvoiceQuery::state));
    }

    InvoiceFilter filter(LocalDate today) {
        var from = year.map(it -> YearMonth.of(it, month.orElse(1)).atDay(1));
        var until = year.map(it -> YearMonth.of(it, month.orElse(12)).atEndOfMonth());
        return new InvoiceFilter(driver.map(AccountId::new), from, until, state, search, today);
    }

    public boolean isNarrowed() {
        return !search.isEmpty() || driver.isPresent() || year.isPresent() || state.isPresent();
    }

    /** Number of set filters among search text and year; a month counts with its year. */
    public int details() {
        return (search.isEmpty() ? 0 : 1) + (year.isPresent() ? 1 : 0);
    }

    /** URL of the same query with another state; empty for all states. */
    public String hrefIn(Optional<State> other) {
        return href("/operator/invoices", other, driver, Optional.empty());
    }

    public String hrefWithoutDriver() {
        return href("/operator/invoices", state, Optional.empty(), Optional.empty());
    }

    public String csvHref() {
        return href("/operator/invoices.csv", state, driver, Optional.empty());
    }

    String hrefAfter(String number) {
        return href("/operator/invoices", state, driver, Optional.of(number));
    }

    private String href(String path, Optional<State> inState, Optional<Long> ofDriver, Optional<String> before) {
        var parameters = new TreeMap<String, String>();
        parameters.put("q", search);
        parameters.put("driverId", ofDriver.map(Object::toString).orElse(""));
        parameters.put("year", year.map(Object::toString).orElse(""));
        parameters.put("month", month.map(Object::toString).orElse(""));
        parameters.put("state", inState.map(State::wireName).orElse(""));
        parameters.put("before", before.orElse(""));
        return ConsolePaths.with(path, parameters);
    }

    private static Optional<State> state(String text) {
        return Arrays.stream(State.values())
                .filter(state -> state.wireName().equals(text))
                .findFirst();
    }

    private static Optional<Integer> number(Map<String, String> parameters, String name) {
        return text(parameters, name).filter(it -> it.matches("\\d{1,4}")).map(Integer::valueOf);
    }

    private static Optional<String> text(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).map(String::strip).filter(it -> !it.isEmpty());
    }

    private static String searchable(String text) {
        return text.replace("\0", "")
                .substring(0, Math.min(LONGEST_SEARCH, text.replace("\0", "").length()));
    }
}
