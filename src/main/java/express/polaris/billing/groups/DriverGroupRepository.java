package express.polaris.billing.groups;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code driver_groups} and {@code driver_group_members}. */
@Repository
public class DriverGroupRepository {

    static final String ONE_AT_A_TIME = "driver_group_members_one_group_at_a_time";

    private static final String MEMBERS =
            "select id, group_code, driver_id, member_from, member_until from driver_group_members ";

    private static final String AT = "member_from <= :at and (member_until is null or member_until > :at)";

    private final JdbcClient jdbc;

    DriverGroupRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<DriverGroup> all() {
        return jdbc.sql("select code, name, discount_percent, plan_code from driver_groups order by name, code")
                .query(DriverGroupRepository::group)
                .list();
    }

    Optional<DriverGroup> find(String code) {
        return jdbc.sql("select code, name, discount_percent, plan_code from driver_groups where code = ?")
                .param(code)
                .query(DriverGroupRepository::group)
                .optional();
    }

    /** Inserts or replaces the group; returns whether it is new. */
    boolean save(DriverGroup group, Instant now) {
        boolean added = jdbc.sql("""
            insert into driver_groups (code, name, discount_percent, plan_code, created_at)
            values (:code, :name, :percent, :plan, :now)
            on conflict (code) do update
               set name = excluded.name, discount_percent = excluded.discount_percent, plan_code = excluded.plan_code
            returning xmax = 0
            """)
                .param("code", group.code())
                .param("name", group.name())
                .param("percent", group.discountPercent())
                .param("plan", group.planCode().orElse(null))
                .param("now", SqlTime.utc(now))
                .query((row, number) -> row.getBoolean(1))
                .single();
        // Raises the versions of the members, whose pages show the group.
        jdbc.sql("update driver_group_members set group_code = group_code where group_code = ?")
                .param(group.code())
                .update();
        return added;
    }

    /** Counts the members of each group at an instant. */
    Map<String, Integer> sizes(Instant at) {
        return jdbc
                .sql("select group_code, count(*) as members from driver_group_members where " + AT
                        + " group by group_code")
                .param("at", SqlTime.utc(at))
                .query((row, number) -> Map.entry(row.getString("group_code"), row.getInt("members")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Lists memberships of a group, last added first. */
    List<GroupMember> page(String group, Optional<Long> before, int limit) {
        return jdbc.sql(MEMBERS + "where group_code = ? and id < ? order by id desc limit ?")
                .param(group)
                .param(before.orElse(Long.MAX_VALUE))
                .param(limit)
                .query(DriverGroupRepository::member)
                .list();
    }

    List<GroupMember> membersAt(String group, Instant at) {
        return jdbc.sql(MEMBERS + "where group_code = :group and " + AT + " order by driver_id")
                .param("group", group)
                .param("at", SqlTime.utc(at))
                .query(DriverGroupRepository::member)
                .list();
    }

    Optional<GroupMember> find(String group, long id) {
        return jdbc.sql(MEMBERS + "where group_code = ? and id = ? for no key update")
                .param(group)
                .param(id)
                .query(DriverGroupRepository::member)
                .optional();
    }

    /** Returns the driver's first membership that reaches into this span. */
    Optional<GroupMember> within(AccountId driver, Instant from, Optional<Instant> until) {
        return jdbc.sql(MEMBERS + """
            where driver_id = :driver
              and tstzrange(member_from, member_until) && tstzrange(:from, cast(:until as timestamptz))
            order by member_from limit 1
            """)
                .param("driver", driver.value())
                .param("from", SqlTime.utc(from))
                .param("until", until.map(SqlTime::utc).orElse(null))
                .query(DriverGroupRepository::member)
                .optional();
    }

    Optional<DriverGroup> groupOf(AccountId driver, Instant at) {
        return jdbc.sql("""
            select g.code, g.name, g.discount_percent, g.plan_code
              from driver_group_members m join driver_groups g on g.code = m.group_code
             where m.driver_id = :driver and m.member_from <= :at and (m.member_until is null or m.member_until > :at)
            """)
                .param("driver", driver.value())
                .param("at", SqlTime.utc(at))
                .query(DriverGroupRepository::group)
                .optional();
    }

    GroupMember insert(String group, AccountId driver, Instant from, Optional<Instant> until) {
        long id = jdbc.sql("""
            insert into driver_group_members (group_code, driver_id, member_from, member_until)
            values (:group, :driver, :from, :until) returning id
            """)
                .param("group", group)
                .param("driver", driver.value())
                .param("from", SqlTime.utc(from))
                .param("until", until.map(SqlTime::utc).orElse(null))
                .query((row, number) -> row.getLong(1))
                .single();
        return new GroupMember(id, group, driver, from, until);
    }

    void end(long id, Instant until) {
        jdbc.sql("update driver_group_members set member_until = ? where id = ?")
                .param(SqlTime.utc(until))
                .param(id)
                .update();
    }

    void delete(long id) {
        jdbc.sql("delete from driver_group_members where id = ?").param(id).update();
    }

    private static DriverGroup group(ResultSet row, int number) throws SQLException {
        return new DriverGroup(
                row.getString("code"),
                row.getString("name"),
                row.getBigDecimal("discount_percent").stripTrailingZeros(),
                Optional.ofNullable(row.getString("plan_code")));
    }

    private static GroupMember member(ResultSet row, int number) throws SQLException {
        return new GroupMember(
                row.getLong("id"),
                row.getString("group_code"),
                new AccountId(row.getLong("driver_id")),
                SqlTime.required(row, "member_from"),
                SqlTime.instant(row, "member_until"));
    }
}
