package express.polaris.console.plans;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.billing.groups.DriverGroups;
import express.polaris.billing.groups.GroupMember;
import express.polaris.console.plans.GroupPage.Row;
import express.polaris.console.plans.GroupPage.When;
import express.polaris.web.views.ConsolePaths;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Reads the members of a drivers' group for its page. */
@Component
class GroupMembersReader {

    private static final int ROWS = 50;

    private final DriverGroups groups;
    private final AccountService accounts;
    private final Clock clock;

    GroupMembersReader(DriverGroups groups, AccountService accounts, Clock clock) {
        this.groups = groups;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * @param nextHref absent on the last page
     */
    record Page(List<Row> rows, Optional<String> nextHref) {}

    Page page(String code, Optional<Long> before, ZoneId zone) {
        var found = groups.members(code, before, ROWS + 1);
        var shown = found.subList(0, Math.min(found.size(), ROWS));
        var names = accounts.findAll(
                shown.stream().map(GroupMember::driver).distinct().toList());
        var now = clock.instant();
        var rows = shown.stream()
                .map(member -> new Row(
                        member,
                        Optional.ofNullable(names.get(member.driver()))
                                .map(Account::name)
                                .orElse(""),
                        when(member, now),
                        endAt(member, now, zone)))
                .toList();
        return new Page(
                rows,
                found.size() > ROWS
                        ? Optional.of(ConsolePaths.with(
                                ConsolePaths.driverGroup(code),
                                new TreeMap<>(Map.of(
                                        "before", Long.toString(shown.getLast().id())))))
                        : Optional.empty());
    }

    private static When when(GroupMember member, Instant now) {
        return member.isOver(now) ? When.ENDED : member.covers(now) ? When.NOW : When.AHEAD;
    }

    /** Proposes now, or the start of a membership that lies ahead, which removes it. */
    private static String endAt(GroupMember member, Instant now, ZoneId zone) {
        var at = member.from().isAfter(now) ? member.from() : now;
        return LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.MINUTES).toString();
    }
}
