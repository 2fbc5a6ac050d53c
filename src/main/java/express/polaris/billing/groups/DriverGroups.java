package express.polaris.billing.groups;

import express.polaris.accounts.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Groups of drivers, to read. */
@Service
public class DriverGroups {

    private final DriverGroupRepository repository;
    private final Clock clock;

    DriverGroups(DriverGroupRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** Lists all groups by name. */
    public List<DriverGroup> all() {
        return repository.all();
    }

    public Optional<DriverGroup> find(String code) {
        return repository.find(code);
    }

    /** Counts the members of each group at an instant; a group without members is absent. */
    public Map<String, Integer> sizes(Instant at) {
        return repository.sizes(at);
    }

    /**
     * Lists memberships of a group, past and future ones included, last added first.
     *
     * @param before id of the previous page's last membership; empty for the first page
     */
    public List<GroupMember> members(String group, Optional<Long> before, int limit) {
        return repository.page(group, before, limit);
    }

    /** Returns the group that the driver is in at an instant. */
    public Optional<DriverGroup> groupOf(AccountId driver, Instant at) {
        return repository.groupOf(driver, at);
    }

    /** Returns the discount of the driver's group now; empty without a group or without a discount. */
    public Optional<GroupDiscount> discountOf(AccountId driver) {
        return discountOf(driver, clock.instant());
    }

    /** Returns the discount of the driver's group at an instant; empty without a group or without a discount. */
    public Optional<GroupDiscount> discountOf(AccountId driver, Instant at) {
        return repository
                .groupOf(driver, at)
                .filter(group -> group.discountPercent().signum() > 0)
                .map(group -> new GroupDiscount(group.name(), group.discountPercent()));
    }
}
