package express.polaris.billing.invoicing;

import express.polaris.billing.invoicing.InvoiceLine.Kind;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes {@code invoice_lines}. */
@Repository
class InvoiceLineRepository {

    /** SQL parameters that depend on the subject of a line; those of other subjects are null. */
    private static final List<String> OF_SUBJECTS = List.of(
            "text",
            "session",
            "plan",
            "firstDay",
            "lastDay",
            "above",
            "upTo",
            "sessions",
            "reason",
            "bandName",
            "metric",
            "quantity",
            "group",
            "percent",
            "startedAt",
            "endedAt",
            "charger",
            "place",
            "card");

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    InvoiceLineRepository(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Writes the lines of an invoice that is not final yet. */
    void write(long invoice, List<InvoiceLine> lines) {
        var rows = new ArrayList<MapSqlParameterSource>();
        for (var line : lines) {
            rows.add(values(line).addValue("invoice", invoice).addValue("position", rows.size()));
        }
        batches.batchUpdate("""
            insert into invoice_lines (invoice_id, position, kind, steve_transaction_id, text, plan_name, first_day,
                   last_day, above_kwh, up_to_kwh, sessions, reason, band_name, metric, quantity, group_name, percent,
                   started_at, ended_at, charger_name, place, card_label, energy_kwh, unit_price, amount)
            values (:invoice, :position, :kind, :session, :text, :plan, :firstDay,
                   :lastDay, :above, :upTo, :sessions, :reason, :bandName, :metric, :quantity, :group, :percent,
                   cast(:startedAt as timestamptz), cast(:endedAt as timestamptz), :charger, :place, :card, :energy,
                   :unitPrice, :amount)
            """, rows.toArray(MapSqlParameterSource[]::new));
    }

    /** Lines of an invoice in their order on it. */
    List<InvoiceLine> of(long invoice) {
        return jdbc.sql("select * from invoice_lines where invoice_id = ? order by position")
                .param(invoice)
                .query((row, number) -> line(row))
                .list();
    }

    /** Lines by invoice number. */
    Map<String, List<InvoiceLine>> of(Collection<String> numbers) {
        var lines = new HashMap<String, List<InvoiceLine>>();
        jdbc.sql("""
            select i.number, l.*
              from invoices i join invoice_lines l on l.invoice_id = i.id
             where i.number = any(?)
             order by l.invoice_id, l.position
            """).param(numbers.toArray(String[]::new)).query(row -> {
            lines.computeIfAbsent(row.getString("number"), key -> new ArrayList<>())
                    .add(line(row));
        });
        return lines;
    }

    private static MapSqlParameterSource values(InvoiceLine line) {
        var values = new MapSqlParameterSource();
        OF_SUBJECTS.forEach(name -> values.addValue(name, null));
        values.addValue("kind", line.kind().wireName())
                .addValue("session", line.session().map(SessionId::value).orElse(null))
                .addValue("energy", kilowattHours(line.energy()))
                .addValue("unitPrice", line.unitPrice().orElse(null))
                .addValue("amount", line.amount());
        return switch (line.subject()) {
            case LineSubject.PlanFee(var plan, var first, var last) ->
                values.addValue("plan", plan).addValue("firstDay", first).addValue("lastDay", last);
            case LineSubject.EnergyBand(var above, var upTo, var name) ->
                values.addValue("above", kilowattHours(above))
                        .addValue("upTo", kilowattHours(upTo))
                        .addValue("bandName", name.orElse(null));
            case LineSubject.Usage usage -> usage(values, usage);
            case LineSubject.Discount(var group, var percent) ->
                values.addValue("group", group).addValue("percent", percent);
            case LineSubject.OtherSessions(var count) -> values.addValue("sessions", count);
            case LineSubject.LateEnergy(var id, var periodFrom, var facts) ->
                facts(values.addValue("firstDay", periodFrom), facts);
            case LineSubject.LateUsage(var id, var periodFrom, var fee, var facts) ->
                facts(usage(values.addValue("firstDay", periodFrom), fee), facts);
            case LineSubject.GrantedCredit credit -> values.addValue("reason", credit.reason());
            case LineSubject.Words words -> values.addValue("text", words.text());
            case LineSubject.UnusedDays(), LineSubject.Rounding() -> values;
            case LineSubject.OneSession(var id, var facts) -> facts(values, facts);
        };
    }

    private static MapSqlParameterSource usage(MapSqlParameterSource values, LineSubject.Usage usage) {
        return values.addValue("metric", usage.metric().code())
                .addValue("quantity", usage.quantity())
                .addValue("bandName", usage.name().orElse(null));
    }

    private static MapSqlParameterSource facts(MapSqlParameterSource values, Optional<LineSubject.SessionFacts> facts) {
        facts.ifPresent(known -> values.addValue("startedAt", SqlTime.utc(known.startedAt()))
                .addValue("endedAt", known.endedAt().map(SqlTime::utc).orElse(null))
                .addValue("charger", known.charger().orElse(null))
                .addValue("place", known.place().orElse(null))
                .addValue("card", known.card().orElse(null)));
        return values;
    }

    private static InvoiceLine line(ResultSet row) throws SQLException {
        return new InvoiceLine(
                subject(row),
                energy(row, "energy_kwh"),
                Optional.ofNullable(row.getBigDecimal("unit_price")),
                row.getBigDecimal("amount").stripTrailingZeros());
    }

    private static LineSubject subject(ResultSet row) throws SQLException {
        var kind = Kind.ofWireName(row.getString("kind"));
        var session = Optional.ofNullable(row.getObject("steve_transaction_id", Long.class))
                .map(SessionId::new);
        var text = Optional.ofNullable(row.getString("text"));
        if (text.isPresent()) {
            return OldLineWords.subject(kind, session, text.get());
        }
        return switch (kind) {
            case FEE -> fee(row);
            case ENERGY ->
                new LineSubject.EnergyBand(energy(row, "above_kwh"), energy(row, "up_to_kwh"), text(row, "band_name"));
            case USAGE -> usage(row);
            case DISCOUNT ->
                new LineSubject.Discount(
                        row.getString("group_name"),
                        row.getBigDecimal("percent").stripTrailingZeros());
            case SESSION -> new LineSubject.OneSession(session.orElseThrow(), facts(row));
            case OTHER_SESSIONS -> new LineSubject.OtherSessions(row.getInt("sessions"));
            case ADJUSTMENT -> adjustment(session.orElseThrow(), row);
            case CREDIT -> new LineSubject.GrantedCredit(session, row.getString("reason"));
            case ROUNDING -> new LineSubject.Rounding();
        };
    }

    private static LineSubject adjustment(SessionId session, ResultSet row) throws SQLException {
        return row.getString("metric") == null
                ? new LineSubject.LateEnergy(session, day(row, "first_day"), facts(row))
                : new LineSubject.LateUsage(session, day(row, "first_day"), usage(row), facts(row));
    }

    private static LineSubject.Usage usage(ResultSet row) throws SQLException {
        return new LineSubject.Usage(
                BillableMetric.of(row.getString("metric")).orElseThrow(),
                row.getBigDecimal("quantity").stripTrailingZeros(),
                text(row, "band_name"));
    }

    private static Optional<LineSubject.SessionFacts> facts(ResultSet row) throws SQLException {
        var startedAt = SqlTime.instant(row, "started_at");
        return startedAt.isEmpty()
                ? Optional.empty()
                : Optional.of(new LineSubject.SessionFacts(
                        startedAt.get(),
                        SqlTime.instant(row, "ended_at"),
                        text(row, "charger_name"),
                        text(row, "place"),
                        text(row, "card_label")));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static LineSubject fee(ResultSet row) throws SQLException {
        var plan = row.getString("plan_name");
        return plan == null
                ? new LineSubject.UnusedDays()
                : new LineSubject.PlanFee(plan, day(row, "first_day"), day(row, "last_day"));
    }

    private static LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    private static Optional<Energy> energy(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column)).map((BigDecimal kwh) -> Energy.ofKilowattHours(kwh));
    }

    private static @Nullable BigDecimal kilowattHours(Optional<Energy> energy) {
        return energy.map(Energy::kilowattHours).orElse(null);
    }
}
