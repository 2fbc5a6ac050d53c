package express.polaris.billing.tariffs;

import express.polaris.billing.pricing.TimeBand;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Repository of {@code time_bands}. */
@Repository
class TimeBandRepository {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    TimeBandRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Rule as stored. */
    private record Stored(List<String> days, String from, String to) {}

    /** Lists all versions of all bands, by code, latest first. */
    List<TimeBandVersion> all() {
        return jdbc.sql("""
            select code, version, name, rules::text as rules, saved_at from time_bands order by code, version desc
            """).query((row, number) -> version(row)).list();
    }

    void insert(TimeBandVersion version) {
        var rules = TimeBandDraft.rules(version.band()).stream()
                .map(rule -> new Stored(
                        rule.days().orElseThrow().stream().map(String::valueOf).toList(),
                        rule.from().orElseThrow(),
                        rule.to().orElseThrow()))
                .toList();
        jdbc.sql("""
            insert into time_bands (code, version, name, rules, saved_at)
            values (:code, :version, :name, :rules::jsonb, :savedAt)
            """)
                .param("code", version.code())
                .param("version", version.version())
                .param("name", version.name())
                .param("rules", JSON.writeValueAsString(rules))
                .param("savedAt", SqlTime.utc(version.since()))
                .update();
    }

    private static TimeBandVersion version(ResultSet row) throws SQLException {
        return new TimeBandVersion(
                row.getString("code"),
                row.getInt("version"),
                row.getString("name"),
                band(row.getString("rules")),
                SqlTime.required(row, "saved_at"));
    }

    private static TimeBand band(String rules) {
        var read = new ArrayList<TimeBandDraft.@Nullable Rule>();
        JSON.readValue(rules, new TypeReference<List<Stored>>() {})
                .forEach(rule -> read.add(new TimeBandDraft.Rule(
                        Optional.of(new ArrayList<@Nullable String>(rule.days())),
                        Optional.of(rule.from()),
                        Optional.of(rule.to()))));
        return new TimeBandDraft(Optional.empty(), Optional.of(read))
                .band(new FaultCollector())
                .orElseThrow(() -> new IllegalStateException("Not the rules of a time band: " + rules));
    }
}
