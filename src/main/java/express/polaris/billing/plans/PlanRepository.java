package express.polaris.billing.plans;

import express.polaris.billing.pricing.BillableMetric;
import express.polaris.billing.pricing.ChargeParser;
import express.polaris.billing.pricing.ParsedCharge.Malformed;
import express.polaris.billing.pricing.ParsedCharge.Supported;
import express.polaris.billing.pricing.ParsedCharge.Unsupported;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.pricing.PlanInterval;
import express.polaris.platform.sql.SqlTime;
import express.polaris.units.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Repository of {@code plans}. */
@Repository
public class PlanRepository {

    public static final String COLUMNS = """
        p.id as plan_id, p.code, p.version, p.name, p.billing_interval, p.currency, p.fee, p.pay_in_advance,
        p.vat_rate, p.charges::text as charges, p.unsupported
        """;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static final String SELECT = "select " + COLUMNS + "  from plans p\n";

    private final JdbcClient jdbc;
    private final Map<PlanId, Plan> known = new ConcurrentHashMap<>();

    PlanRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Serializes new versions of this code until the transaction ends. */
    void lock(String code) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('plan ' || ?, 0))")
                .param(code)
                .query((row, number) -> number)
                .list();
    }

    Plan insert(PlanReader.Draft draft, Instant now) {
        long id = jdbc.sql("""
            insert into plans (code, version, name, billing_interval, currency, fee, pay_in_advance, vat_rate, charges,
                   other_fields, unsupported, created_at)
            select :code, coalesce(max(version), 0) + 1, :name, :interval, :currency, :fee, :payInAdvance, :vatRate,
                   :charges::jsonb, :otherFields::jsonb, :unsupported, :now
              from plans where code = :code
            returning id
            """)
                .param("code", draft.code())
                .param("name", draft.name())
                .param("interval", draft.interval().name().toLowerCase(Locale.ROOT))
                .param("currency", draft.currency().getCurrencyCode())
                .param("fee", draft.fee())
                .param("payInAdvance", draft.payInAdvance())
                .param("vatRate", draft.vatRate())
                .param("charges", JSON.writeValueAsString(draft.charges()))
                .param("otherFields", JSON.writeValueAsString(draft.otherFields()))
                .param("unsupported", draft.unsupported().toArray(String[]::new))
                .param("now", SqlTime.utc(now))
                .query((row, number) -> row.getLong(1))
                .single();
        return find(new PlanId(id)).orElseThrow();
    }

    Optional<Plan> find(PlanId id) {
        return jdbc.sql(SELECT + "where p.id = ?")
                .param(id.value())
                .query((row, number) -> plan(row))
                .optional();
    }

    Optional<Plan> latest(String code) {
        return jdbc.sql(SELECT + "where p.code = ? order by p.version desc limit 1")
                .param(code)
                .query((row, number) -> plan(row))
                .optional();
    }

    /** Lists the latest version of each code, by code. */
    List<Plan> latest(Optional<String> afterCode, int limit) {
        return jdbc.sql(SELECT + """
            where p.code > :after
              and not exists (select from plans later where later.code = p.code and later.version > p.version)
            order by p.code limit :limit
            """)
                .param("after", afterCode.orElse(""))
                .param("limit", limit)
                .query((row, number) -> plan(row))
                .list();
    }

    /** Lists every version of these codes, by code, latest first. */
    List<PlanVersion> versions(Collection<String> codes, Instant now) {
        return jdbc.sql("select " + COLUMNS + """
                 , p.created_at,
                   (select count(*) from subscriptions s
                     where s.plan_id = p.id and s.started_at <= :now and (s.ended_at is null or s.ended_at > :now)) as drivers,
                   exists (select from subscriptions s where s.plan_id = p.id) as used
              from plans p
             where p.code = any(:codes)
             order by p.code, p.version desc
            """)
                .param("now", SqlTime.utc(now))
                .param("codes", codes.toArray(String[]::new))
                .query((row, number) -> new PlanVersion(
                        plan(row), SqlTime.required(row, "created_at"), row.getInt("drivers"), row.getBoolean("used")))
                .list();
    }

    /** Returns the plan that a draft would become. */
    static Plan unsaved(PlanReader.Draft draft) {
        var charges = new ArrayList<PlanCharge>();
        var unsupported = new ArrayList<>(draft.unsupported());
        if (unsupported.isEmpty()) {
            read(JSON.writeValueAsString(draft.charges()), charges, unsupported);
        }
        return new Plan(
                new PlanId(0),
                draft.code(),
                0,
                draft.name(),
                draft.interval(),
                new Money(draft.fee(), draft.currency()),
                draft.payInAdvance(),
                draft.vatRate(),
                unsupported.isEmpty() ? charges : List.of(),
                unsupported);
    }

    /** Returns the charges of these plans as JSON. */
    Map<PlanId, String> charges(Collection<PlanId> ids) {
        return json("charges", ids);
    }

    /** Returns the unread fields of these plans, each as a JSON object. */
    Map<PlanId, String> otherFields(Collection<PlanId> ids) {
        return json("other_fields", ids);
    }

    private Map<PlanId, String> json(String column, Collection<PlanId> ids) {
        var found = new HashMap<PlanId, String>();
        jdbc.sql("select id, " + column + "::text as json from plans where id = any(?)")
                .param(ids.stream().map(PlanId::value).toArray(Long[]::new))
                .query(row -> {
                    found.put(new PlanId(row.getLong("id")), row.getString("json"));
                });
        return found;
    }

    /** Maps a row with {@link #COLUMNS}. Plans are immutable, so each is parsed once. */
    public Plan plan(ResultSet row) throws SQLException {
        var id = new PlanId(row.getLong("plan_id"));
        var plan = known.get(id);
        if (plan == null) {
            plan = read(row, id);
            known.put(id, plan);
        }
        return plan;
    }

    private static Plan read(ResultSet row, PlanId id) throws SQLException {
        var charges = new ArrayList<PlanCharge>();
        var unsupported = new ArrayList<>(
                Arrays.asList((String[]) row.getArray("unsupported").getArray()));
        if (unsupported.isEmpty()) {
            read(row.getString("charges"), charges, unsupported);
        }
        return new Plan(
                id,
                row.getString("code"),
                row.getInt("version"),
                row.getString("name"),
                PlanInterval.named(row.getString("billing_interval")).orElseThrow(),
                new Money(row.getBigDecimal("fee"), Currency.getInstance(row.getString("currency"))),
                row.getBoolean("pay_in_advance"),
                row.getBigDecimal("vat_rate").stripTrailingZeros(),
                unsupported.isEmpty() ? charges : List.of(),
                unsupported);
    }

    /** Plans are validated when saved; a charge that is unreadable nevertheless has no price. */
    private static void read(String json, List<PlanCharge> charges, List<String> unsupported) {
        for (var charge : JSON.readValue(json, new TypeReference<List<Map<String, Object>>>() {})) {
            var properties = charge.get("properties") instanceof Map<?, ?> map ? map : Map.of();
            var parsed = ChargeParser.parse(
                    BillableMetric.of(String.valueOf(charge.get("billable_metric_code")))
                            .orElse(BillableMetric.ENERGY),
                    String.valueOf(charge.get("charge_model")),
                    LagoFields.filled(properties),
                    charge.get("filters"));
            switch (parsed) {
                case Supported(var supported) -> charges.add(supported);
                case Unsupported(var features) -> unsupported.addAll(features);
                case Malformed(var faults) -> faults.forEach(fault -> unsupported.add(fault.toString()));
            }
        }
    }
}
