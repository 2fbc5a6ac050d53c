package express.polaris.console.people;

import express.polaris.accounts.AccountState;
import express.polaris.accounts.PersonDirectory.Person;
import express.polaris.web.Shell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/drivers}.
 *
 * @param next URL of the next page; absent on the last page
 */
public record DriverListPage(Shell shell, Filter filter, List<Row> rows, Optional<String> next) {

    /**
     * @param cards number of cards the person owns
     */
    public record Row(Person person, int cards, Optional<Instant> lastSession) {

        public String href() {
            return "/operator/drivers/" + person.account().id();
        }
    }

    /** Text key of a state. */
    public static String keyOf(AccountState state) {
        return "people.state." + state.wireName();
    }

    /** Filter as given in the query string. */
    public record Filter(String search, Optional<AccountState> state) {

        public boolean isNarrowed() {
            return !search.isEmpty() || state.isPresent();
        }

        public String href(Optional<AccountState> other) {
            return href(other, Optional.empty());
        }

        String hrefAfter(String cursor) {
            return href(state, Optional.of(cursor));
        }

        private String href(Optional<AccountState> wanted, Optional<String> cursor) {
            var query = new ArrayList<String>();
            if (!search.isEmpty()) {
                query.add("search=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
            }
            wanted.ifPresent(it -> query.add("state=" + it.wireName()));
            cursor.ifPresent(it -> query.add("cursor=" + it));
            return "/operator/drivers" + (query.isEmpty() ? "" : "?" + String.join("&", query));
        }
    }
}
