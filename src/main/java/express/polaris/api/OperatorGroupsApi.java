package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.groups.DriverGroup;
import express.polaris.billing.groups.DriverGroups;
import express.polaris.billing.groups.GroupMember;
import express.polaris.billing.groups.OperatorGroups;
import express.polaris.billing.groups.OperatorGroups.GivenPlan;
import express.polaris.billing.groups.OperatorGroups.WantedGroup;
import express.polaris.billing.groups.OperatorGroups.WantedPlan;
import express.polaris.platform.refusals.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Drivers' groups, for operators. */
@RestController
@RequestMapping("/api/v1/operator/driver-groups")
class OperatorGroupsApi {

    private final DriverGroups groups;
    private final OperatorGroups changes;

    OperatorGroupsApi(DriverGroups groups, OperatorGroups changes) {
        this.groups = groups;
        this.changes = changes;
    }

    /**
     * @param discountPercent on energy and usage
     * @param planCode code of the plan that the members get on request; null for none
     */
    record DriverGroupJson(String code, String name, BigDecimal discountPercent, Optional<String> planCode) {

        static DriverGroupJson of(DriverGroup group) {
            return new DriverGroupJson(group.code(), group.name(), group.discountPercent(), group.planCode());
        }
    }

    /**
     * @param discountPercent from 0 to 100 with at most two decimals, as string or number; 0 if absent
     */
    record WantedDriverGroup(Optional<String> name, Optional<Object> discountPercent, Optional<String> planCode) {}

    /**
     * @param until exclusive; null while no end is set
     */
    record MemberJson(long id, long driverId, Instant from, Optional<Instant> until) {

        static MemberJson of(GroupMember member) {
            return new MemberJson(member.id(), member.driver().value(), member.from(), member.until());
        }
    }

    record WantedMember(Optional<Long> driverId, Optional<String> from, Optional<String> until) {}

    record MemberEnd(Optional<String> at) {}

    record WantedGroupPlan(Optional<String> startedAt, Optional<String> billingTime, Optional<String> timeZone) {}

    /**
     * @param changed number of drivers with a new subscription
     * @param unchanged number of drivers who had the plan's latest version already
     */
    record GroupPlanGiven(int changed, int unchanged) {}

    /** Ordered by name. */
    @GetMapping
    @Operation(summary = "Drivers' groups, by name")
    CursorPage<DriverGroupJson> list(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        int most = CursorPage.limit(limit);
        var all = groups.all().stream().map(DriverGroupJson::of).toList();
        return CursorPage.of(all, cursor, most, DriverGroupJson::code);
    }

    @GetMapping("/{code}")
    @Operation(summary = "One drivers' group")
    DriverGroupJson group(@PathVariable String code) {
        return DriverGroupJson.of(existing(code));
    }

    @PutMapping("/{code}")
    @Operation(
            summary = "Create or change a drivers' group",
            description = "The discount applies to energy and usage of the members whose billing period ends while"
                    + " they are in the group. Invoices that are drawn up keep their discount.")
    DriverGroupJson put(
            @PathVariable String code, @RequestBody WantedDriverGroup wanted, @SignedInAccount Account operator) {
        return DriverGroupJson.of(changes.save(
                operator.id(),
                new WantedGroup(
                        code,
                        wanted.name().orElse(""),
                        wanted.discountPercent().map(String::valueOf).orElse("0"),
                        wanted.planCode().orElse("")),
                false));
    }

    /** Last added first; includes memberships that are over or lie ahead. */
    @GetMapping("/{code}/members")
    @Operation(summary = "Memberships of a drivers' group, last added first")
    CursorPage<MemberJson> members(
            @PathVariable String code, @RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        int most = CursorPage.limit(limit);
        var found = groups.members(existing(code).code(), CursorPage.idIn(cursor), most + 1);
        return CursorPage.byId(found, most, GroupMember::id, MemberJson::of);
    }

    @PostMapping("/{code}/members")
    @Operation(
            summary = "Add a driver to a group",
            description = "409 if the driver is in a group at that time: a driver is in at most one at a time.")
    @ResponseStatus(HttpStatus.CREATED)
    MemberJson add(@PathVariable String code, @RequestBody WantedMember wanted, @SignedInAccount Account operator) {
        return MemberJson.of(changes.add(
                operator.id(),
                existing(code).code(),
                new AccountId(wanted.driverId().orElse(0L)),
                wanted.from().orElse(""),
                wanted.until().orElse("")));
    }

    @PostMapping("/{code}/members/{id}/end")
    @Operation(
            summary = "End a membership",
            description = "A membership that begins in the future is removed by an end at or before its start.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(
            @PathVariable String code,
            @PathVariable String id,
            @RequestBody MemberEnd end,
            @SignedInAccount Account operator) {
        changes.end(
                operator.id(),
                existing(code).code(),
                PathIds.inPath(id),
                end.at().orElse(""));
    }

    @PostMapping("/{code}/plan")
    @Operation(
            summary = "Give the members the group's plan",
            description = "Replaces the subscription in force at `startedAt` of everyone who is a member then. If one"
                    + " of them cannot get it, the answer lists all such drivers and nobody's plan changes.")
    GroupPlanGiven plan(
            @PathVariable String code, @RequestBody WantedGroupPlan wanted, @SignedInAccount Account operator) {
        GivenPlan given = changes.givePlan(
                operator.id(),
                existing(code).code(),
                new WantedPlan(
                        wanted.startedAt().orElse(""),
                        wanted.billingTime().orElse(""),
                        wanted.timeZone().orElse("")));
        return new GroupPlanGiven(given.changed(), given.unchanged());
    }

    private DriverGroup existing(String code) {
        return groups.find(code).orElseThrow(NotFound::new);
    }
}
