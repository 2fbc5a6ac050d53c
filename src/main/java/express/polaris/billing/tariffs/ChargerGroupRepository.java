package express.polaris.billing.tariffs;

import express.polaris.billing.pricing.ChargerGroups;
import express.polaris.billing.pricing.ChargerGroups.Membership;
import express.polaris.platform.sql.SqlTime;
import express.polaris.stations.chargers.ChargeBoxId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code charger_groups} and {@code charger_group_members}. */
@Repository
class ChargerGroupRepository {

    private final JdbcClient jdbc;

    ChargerGroupRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns all memberships, with those that ended. */
    ChargerGroups all() {
        var ofCharger = new HashMap<String, List<Membership>>();
        jdbc.sql("select group_code, charge_box_id, from_at, until_at from charger_group_members order by id")
                .query(row -> {
                    ofCharger
                            .computeIfAbsent(
                                    row.getString("charge_box_id").toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                            .add(new Membership(
                                    row.getString("group_code"),
                                    SqlTime.instant(row, "from_at"),
                                    SqlTime.instant(row, "until_at")));
                });
        return new ChargerGroups(ofCharger, names());
    }

    /** Lists the groups as they are now, by code. */
    List<ChargerGroup> current() {
        var names = names();
        var members = new HashMap<String, List<ChargeBoxId>>();
        jdbc.sql("""
            select group_code, charge_box_id from charger_group_members
             where until_at is null order by lower(charge_box_id)
            """).query(row -> {
            members.computeIfAbsent(row.getString("group_code"), key -> new ArrayList<>())
                    .add(new ChargeBoxId(row.getString("charge_box_id")));
        });
        return names.entrySet().stream()
                .map(name -> new ChargerGroup(
                        name.getKey(), name.getValue(), members.getOrDefault(name.getKey(), List.of())))
                .toList();
    }

    /** Stores the name of a group. */
    void put(String code, String name, Instant now) {
        jdbc.sql("""
            insert into charger_groups (code, name, created_at) values (:code, :name, :now)
            on conflict (code) do update set name = excluded.name
            """)
                .param("code", code)
                .param("name", name)
                .param("now", SqlTime.utc(now))
                .update();
    }

    void end(String code, Collection<ChargeBoxId> members, Instant now) {
        jdbc.sql("""
            update charger_group_members set until_at = greatest(:now, from_at + interval '1 microsecond')
             where group_code = :code and until_at is null and lower(charge_box_id) = any(:ids)
            """)
                .param("code", code)
                .param("now", SqlTime.utc(now))
                .param("ids", keys(members))
                .update();
    }

    /**
     * @param from empty = since ever
     */
    void begin(String code, Collection<ChargeBoxId> members, Optional<Instant> from) {
        jdbc.sql("""
            insert into charger_group_members (group_code, charge_box_id, from_at)
            select :code, id, :from::timestamptz from unnest(:ids::text[]) as added (id)
            """)
                .param("code", code)
                .param("from", SqlTime.utc(from))
                .param("ids", members.stream().map(ChargeBoxId::value).toArray(String[]::new))
                .update();
    }

    private Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        jdbc.sql("select code, name from charger_groups order by code").query(row -> {
            names.put(row.getString("code"), row.getString("name"));
        });
        return names;
    }

    private static String[] keys(Collection<ChargeBoxId> ids) {
        return ids.stream().map(id -> id.value().toLowerCase(Locale.ROOT)).toArray(String[]::new);
    }
}
