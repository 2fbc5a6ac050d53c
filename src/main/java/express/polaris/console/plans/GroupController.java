package express.polaris.console.plans;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.groups.DriverGroup;
import express.polaris.billing.groups.DriverGroups;
import express.polaris.billing.groups.OperatorGroups;
import express.polaris.billing.groups.OperatorGroups.WantedPlan;
import express.polaris.billing.plans.PlanService;
import express.polaris.console.ConsolePages;
import express.polaris.console.ConsoleReason;
import express.polaris.console.PersonChoice;
import express.polaris.console.TypedText;
import express.polaris.console.plans.GroupPage.MemberForm;
import express.polaris.console.plans.GroupPage.PlanForMembers;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Refusal;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.views.ConsolePaths;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Drivers' groups: the list, one group, its members, and its plan. */
@Controller
@RequestMapping("/operator/driver-groups")
class GroupController {

    private static final String ACTIVE = "nav.console.plans";
    private static final int MOST_PLANS = 500;
    private static final int MOST_OFFERED = 20;
    private static final AccountId NOBODY = new AccountId(0);

    private final DriverGroups groups;
    private final OperatorGroups changes;
    private final GroupMembersReader members;
    private final PlanService plans;
    private final PersonChoice people;
    private final ConsolePages pages;
    private final Clock clock;

    GroupController(
            DriverGroups groups,
            OperatorGroups changes,
            GroupMembersReader members,
            PlanService plans,
            PersonChoice people,
            ConsolePages pages,
            Clock clock) {
        this.groups = groups;
        this.changes = changes;
        this.members = members;
        this.plans = plans;
        this.people = people;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<byte[]> list(@SignedInAccount Account operator, CsrfToken csrf) {
        return list(HttpStatus.OK, GroupForm.EMPTY, FieldFaults.NONE, operator, csrf);
    }

    @PostMapping
    ResponseEntity<?> create(@ModelAttribute GroupForm form, @SignedInAccount Account operator, CsrfToken csrf) {
        try {
            var group = changes.save(operator.id(), form.wanted(form.code()), true);
            return done(group.code(), "created");
        } catch (InvalidInput refused) {
            return list(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    form,
                    pages.refusals(operator).faults(refused),
                    operator,
                    csrf);
        }
    }

    /**
     * @param before id of the last membership of the previous page
     */
    @GetMapping("/{code}")
    ResponseEntity<byte[]> group(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        return page(HttpStatus.OK, new Typed(existing(code), operator), FieldFaults.NONE, before, done, operator, csrf);
    }

    @PostMapping("/{code}")
    ResponseEntity<?> change(
            @PathVariable String code,
            @ModelAttribute GroupForm form,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var typed = new Typed(existing(code), operator);
        try {
            changes.save(operator.id(), form.wanted(typed.group.code()), false);
            return done(typed.group.code(), "saved");
        } catch (InvalidInput refused) {
            typed.form = form;
            return refused(refused, typed, operator, csrf);
        }
    }

    @PostMapping("/{code}/members")
    ResponseEntity<?> add(
            @PathVariable String code,
            @ModelAttribute MemberForm form,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var typed = new Typed(existing(code), operator);
        var meant = people.drivers(form.driver(), MOST_OFFERED);
        var one = meant.stream()
                .filter(account -> meant.size() == 1 || account.id().toString().equals(form.chosen()))
                .findFirst();
        var zone = operator.timeZone();
        try {
            changes.add(
                    operator.id(),
                    typed.group.code(),
                    one.map(Account::id).orElse(NOBODY),
                    TypedText.instant(form.from(), zone),
                    TypedText.instant(form.until(), zone));
            return done(typed.group.code(), "added");
        } catch (InvalidInput refused) {
            typed.member = form;
            typed.drivers = one.isEmpty() ? meant : List.of();
            return refused(new InvalidInput(named(refused.faults(), meant.isEmpty())), typed, operator, csrf);
        } catch (Conflict refused) {
            typed.member = form;
            return refused(refused, typed, operator, csrf);
        }
    }

    @PostMapping("/{code}/members/{member}/end")
    ResponseEntity<?> end(
            @PathVariable String code,
            @PathVariable String member,
            @RequestParam(defaultValue = "") String at,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var typed = new Typed(existing(code), operator);
        long id = ConsolePaths.id(member).orElseThrow(NotFound::new);
        try {
            changes.end(operator.id(), typed.group.code(), id, TypedText.instant(at, operator.timeZone()));
            return done(typed.group.code(), "ended");
        } catch (InvalidInput | Conflict refused) {
            return refused(refused, typed, operator, csrf);
        }
    }

    /** Gives the members the group's plan; all or none. */
    @PostMapping("/{code}/plan")
    ResponseEntity<?> plan(
            @PathVariable String code,
            @ModelAttribute PlanForMembers form,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var typed = new Typed(existing(code), operator);
        var zone = operator.timeZone();
        try {
            changes.givePlan(
                    operator.id(),
                    typed.group.code(),
                    new WantedPlan(TypedText.instant(form.startedAt(), zone), form.billingTime(), zone.getId()));
            return done(typed.group.code(), "plan");
        } catch (InvalidInput | Conflict refused) {
            typed.plan = form;
            return refused(refused, typed, operator, csrf);
        }
    }

    /** What the forms of a group's page hold: what was typed, or what is proposed. */
    private final class Typed {
        private final DriverGroup group;
        private GroupForm form;
        private MemberForm member;
        private PlanForMembers plan;
        private List<Account> drivers = List.of();

        Typed(DriverGroup group, Account operator) {
            var today = LocalDate.ofInstant(clock.instant(), operator.timeZone());
            this.group = group;
            this.form = GroupForm.of(group);
            this.member = new MemberForm("", "", today.atStartOfDay().toString(), "");
            this.plan = new PlanForMembers(
                    today.plusMonths(1).withDayOfMonth(1).atStartOfDay().toString(), "calendar");
        }
    }

    private static ResponseEntity<?> done(String code, String what) {
        return AfterForm.seeOther(ConsolePaths.driverGroup(code) + "?done=" + what);
    }

    private ResponseEntity<byte[]> refused(Refusal refusal, Typed typed, Account operator, CsrfToken csrf) {
        var faults = pages.refusals(operator).faults(refusal);
        return page(HttpStatusCode.valueOf(refusal.status()), typed, faults, "", "", operator, csrf);
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status,
            Typed typed,
            FieldFaults faults,
            String before,
            String done,
            Account operator,
            CsrfToken csrf) {
        var shell = pages.shell(
                operator, csrf, ACTIVE, AfterForm.success(done, "console.group.done.", Texts.of(operator.locale())));
        var found = members.page(typed.group.code(), ConsolePaths.id(before), operator.timeZone());
        var page = new GroupPage(
                shell,
                typed.group,
                found.rows(),
                found.nextHref(),
                plans.page(Optional.empty(), MOST_PLANS),
                typed.form,
                typed.member,
                typed.drivers,
                typed.plan,
                operator.timeZone().getId(),
                faults);
        return pages.render(status, "console/groups/group.jte", page);
    }

    private ResponseEntity<byte[]> list(
            HttpStatus status, GroupForm form, FieldFaults faults, Account operator, CsrfToken csrf) {
        var sizes = groups.sizes(clock.instant());
        var page = new GroupListPage(
                pages.shell(operator, csrf, ACTIVE),
                groups.all().stream()
                        .map(group -> new GroupListPage.Row(group, sizes.getOrDefault(group.code(), 0)))
                        .toList(),
                plans.page(Optional.empty(), MOST_PLANS),
                form,
                faults);
        return pages.render(status, "console/groups/list.jte", page);
    }

    /** Maps the faults to the form's fields. The form names a driver by text instead of an id. */
    private static List<Fault> named(List<Fault> faults, boolean nobody) {
        var unknown = nobody ? ConsoleReason.NO_DRIVER_LIKE_THAT : ConsoleReason.CHOOSE_A_DRIVER;
        return faults.stream()
                .map(fault -> fault.field().equals("driverId") ? new Fault("driver", unknown.with()) : fault)
                .toList();
    }

    private DriverGroup existing(String code) {
        return groups.find(code).orElseThrow(NotFound::new);
    }
}
