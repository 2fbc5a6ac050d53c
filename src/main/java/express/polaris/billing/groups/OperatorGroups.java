package express.polaris.billing.groups;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountReason;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Wording;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes of drivers' groups by operators: each change and its audit log entry are one transaction. */
@Service
public class OperatorGroups {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,49}");
    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?");
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final int LONGEST_CODE = 50;
    private static final int LONGEST_NAME = 100;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final DriverGroupRepository repository;
    private final PlanService plans;
    private final SubscriptionRepository subscriptions;
    private final SubscriptionService current;
    private final OperatorBilling billing;
    private final AuditLog audit;
    private final Clock clock;

    OperatorGroups(
            DriverGroupRepository repository,
            PlanService plans,
            SubscriptionRepository subscriptions,
            SubscriptionService current,
            OperatorBilling billing,
            AuditLog audit,
            Clock clock) {
        this.repository = repository;
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.current = current;
        this.billing = billing;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Group as an operator wants it.
     *
     * @param discountPercent decimal number from 0 to 100
     * @param planCode blank for none
     */
    public record WantedGroup(String code, String name, String discountPercent, String planCode) {}

    /**
     * Request to give the members of a group its plan.
     *
     * @param startedAt ISO 8601 with an offset
     * @param billingTime {@code calendar} or {@code anniversary}
     * @param timeZone e.g. {@code Europe/Berlin}
     */
    public record WantedPlan(String startedAt, String billingTime, String timeZone) {}

    /**
     * Result of giving members a plan.
     *
     * @param changed drivers who have a new subscription
     * @param unchanged drivers who had the plan's latest version already
     */
    public record GivenPlan(int changed, int unchanged) {}

    /**
     * Saves a group; an existing one with this code is changed.
     *
     * @param isNew refuses a code that exists
     * @throws InvalidInput with all faults
     */
    @Transactional
    public DriverGroup save(AccountId operator, WantedGroup wanted, boolean isNew) {
        var faults = new FaultCollector();
        var code = wanted.code().strip();
        if (!CODE.matcher(code).matches()) {
            faults.add("code", GroupReason.CODE.with(LONGEST_CODE));
        } else if (isNew && repository.find(code).isPresent()) {
            faults.add("code", GroupReason.TAKEN.with(code));
        }
        var name = wanted.name().strip();
        faults.require(
                !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl),
                "name",
                GroupReason.NAME.with(LONGEST_NAME));
        var percent = percent(wanted.discountPercent().strip(), faults);
        var plan = Optional.of(wanted.planCode().strip()).filter(text -> !text.isEmpty());
        if (plan.isPresent() && plans.find(plan.get()).isEmpty()) {
            faults.add("planCode", GroupReason.NO_PLAN.with());
        }
        faults.throwIfAny();
        var group = new DriverGroup(code, name, percent, plan);
        boolean added = repository.save(group, clock.instant());
        var details = new LinkedHashMap<String, Object>();
        details.put("name", name);
        details.put("discountPercent", percent);
        plan.ifPresent(given -> details.put("plan", given));
        audit.record(Optional.of(operator), added ? "group.create" : "group.change", "group " + code, details);
        return group;
    }

    /**
     * Adds a driver to a group.
     *
     * @param from ISO 8601 with an offset
     * @param until ISO 8601 with an offset; blank while no end is set
     * @throws NotFound if there is no such group
     * @throws InvalidInput with all faults
     * @throws Conflict if the driver is in a group at that time
     */
    @Transactional
    public GroupMember add(AccountId operator, String code, AccountId driver, String from, String until) {
        var group = repository.find(code).orElseThrow(NotFound::new);
        var faults = new FaultCollector();
        if (!subscriptions.isDriver(driver)) {
            faults.add("driverId", AccountReason.noDriver(driver));
        }
        var begin = instant("from", from, faults);
        var end = until.isBlank() ? Optional.<Instant>empty() : Optional.of(instant("until", until, faults));
        if (faults.list().isEmpty() && end.filter(at -> !at.isAfter(begin)).isPresent()) {
            faults.add("until", GroupReason.UNTIL.with(begin));
        }
        faults.throwIfAny();
        repository.within(driver, begin, end).ifPresent(other -> {
            throw new Conflict(inTheWay(other));
        });
        try {
            var member = repository.insert(group.code(), driver, begin, end);
            record(operator, "group.add", member);
            return member;
        } catch (DataIntegrityViolationException e) {
            if (String.valueOf(e.getMessage()).contains(DriverGroupRepository.ONE_AT_A_TIME)) {
                throw new Conflict(GroupReason.MEMBER_BEFORE.with(driver));
            }
            throw e;
        }
    }

    /**
     * Ends a membership. One that has not begun by then is removed, unless it began in the past.
     *
     * @param at ISO 8601 with an offset; may be in the future
     * @throws NotFound if there is no such membership in this group
     * @throws InvalidInput if the instant is not usable
     * @throws Conflict if the driver is in another group before that
     */
    @Transactional
    public void end(AccountId operator, String code, long membership, String at) {
        var member = repository.find(code, membership).orElseThrow(NotFound::new);
        var faults = new FaultCollector();
        var end = instant("at", at, faults);
        boolean removed = faults.list().isEmpty() && !end.isAfter(member.from());
        if (removed && !member.from().isAfter(clock.instant())) {
            faults.add("at", GroupReason.UNTIL.with(member.from()));
        }
        faults.throwIfAny();
        if (removed) {
            repository.delete(member.id());
            record(operator, "group.remove", member);
            return;
        }
        repository
                .within(member.driver(), member.until().orElse(end), Optional.of(end))
                .filter(other ->
                        member.until().isPresent() && end.isAfter(member.until().get()))
                .ifPresent(other -> {
                    throw new Conflict(inTheWay(other));
                });
        repository.end(member.id(), end);
        record(
                operator,
                "group.end",
                new GroupMember(member.id(), member.group(), member.driver(), member.from(), Optional.of(end)));
    }

    /**
     * Gives all who are members at the start of the subscription the group's plan, replacing the subscription in
     * force then. All members get it, or none.
     *
     * @throws NotFound if there is no such group
     * @throws InvalidInput with the faults of all drivers; a driver's field is {@code drivers[id]}
     * @throws Conflict if the group has no plan, or no member at that time
     */
    @Transactional
    public GivenPlan givePlan(AccountId operator, String code, WantedPlan wanted) {
        var group = repository.find(code).orElseThrow(NotFound::new);
        var plan = group.planCode().orElseThrow(() -> new Conflict(GroupReason.NO_GROUP_PLAN.with(code)));
        var faults = new FaultCollector();
        var startedAt = instant("startedAt", wanted.startedAt(), faults);
        faults.throwIfAny();
        var members = repository.membersAt(code, startedAt);
        if (members.isEmpty()) {
            throw new Conflict(GroupReason.NOBODY.with(code, startedAt));
        }
        var latest = plans.find(plan).orElseThrow().id();
        int unchanged = 0;
        for (var member : members) {
            boolean has = current.of(member.driver()).stream()
                    .anyMatch(subscription -> subscription.inForce().contains(startedAt)
                            && subscription.plan().id().equals(latest));
            if (has) {
                unchanged++;
                continue;
            }
            try {
                billing.changePlan(
                        operator,
                        new NewSubscription(
                                member.driver(), plan, wanted.startedAt(), wanted.billingTime(), wanted.timeZone()));
            } catch (InvalidInput refused) {
                addNew(refused, faults);
            } catch (Conflict refused) {
                faults.add(
                        "drivers[" + member.driver() + "]",
                        GroupReason.DRIVER.with(member.driver(), refused.wording()));
            }
        }
        faults.throwIfAny();
        audit.record(
                Optional.of(operator),
                "group.plan",
                "group " + code,
                Map.of("plan", plan, "startedAt", startedAt, "drivers", members.size() - unchanged));
        return new GivenPlan(members.size() - unchanged, unchanged);
    }

    /** Adds what is wrong with the request itself once, not for each driver. */
    private static void addNew(InvalidInput refused, FaultCollector faults) {
        for (Fault fault : refused.faults()) {
            if (!faults.list().contains(fault)) {
                faults.add(fault.field(), fault.wording());
            }
        }
    }

    private void record(AccountId operator, String action, GroupMember member) {
        var details = new LinkedHashMap<String, Object>();
        details.put("driver", member.driver().value());
        details.put("from", member.from());
        member.until().ifPresent(until -> details.put("until", until));
        audit.record(Optional.of(operator), action, "group " + member.group(), details);
    }

    private static Wording inTheWay(GroupMember other) {
        return other.until()
                .map(until -> GroupReason.MEMBER_UNTIL.with(other.driver(), other.group(), other.from(), until))
                .orElseGet(() -> GroupReason.MEMBER.with(other.driver(), other.group(), other.from()));
    }

    private static BigDecimal percent(String text, FaultCollector faults) {
        if (PERCENT.matcher(text).matches()) {
            var percent = new BigDecimal(text).stripTrailingZeros();
            if (percent.compareTo(ALL) <= 0 && percent.scale() <= 2) {
                return percent;
            }
        }
        faults.add("discountPercent", GroupReason.PERCENT.with());
        return BigDecimal.ZERO;
    }

    private static Instant instant(String field, String text, FaultCollector faults) {
        try {
            var instant = OffsetDateTime.parse(text.strip()).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
            faults.add(field, GroupReason.OUT_OF_TIME.with(EARLIEST, LATEST));
        } catch (DateTimeException e) {
            faults.add(field, GroupReason.INSTANT.with());
        }
        return EARLIEST;
    }
}
