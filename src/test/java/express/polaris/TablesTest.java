package express.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each table is written by its own module only; reads by other modules are listed here. */
class TablesTest {

    private static final Path SOURCES = Path.of("src/main/java/express/polaris");

    private static final Map<String, String> OWNERS = owners(Map.ofEntries(
            Map.entry(
                    "accounts",
                    "accounts api_tokens audit_log known_browsers linked_identities oidc_sign_ins operator_notes"
                            + " passkey_challenge_key passkey_owners passkeys sign_in_links sign_in_requests"
                            + " sign_in_throttles spring_session spring_session_attributes used_oidc_values"
                            + " used_passkey_challenges viewings"),
            Map.entry("stations", "chargers connectors ev_cards id_tags remote_starts start_requests"),
            Map.entry(
                    "sessions",
                    "card_sessions driver_versions energy_decisions owed_stops session_changes session_count session_days"
                            + " steve_answer_chunks steve_answers synced_transaction_events transaction_sync_state trusted_charge_boxes"),
            Map.entry("sync", "sync_cursor sync_errors sync_missing_ids sync_reads sync_runs"),
            Map.entry(
                    "billing",
                    "bank_entries bank_imports billing_addresses billing_recipients billing_versions"
                            + " bookkeeping_accounts charger_group_members charger_groups confirmed_energy"
                            + " credits driver_energy_days driver_group_members driver_groups holidays home_marks"
                            + " invoice_lines invoice_months invoice_numbers invoice_schedule invoiced_periods"
                            + " invoiced_sessions invoices issuers period_discounts plans price_series"
                            + " reimbursement_rates reimbursement_terms revenue_accounts rolled_over_energy"
                            + " sealed_events sealed_session_usage"
                            + " sealed_usage series_prices session_price session_usage_seals statement_lines"
                            + " statement_numbers statement_pdfs statements subscriptions taken_back"
                            + " tariff_version time_bands"),
            Map.entry("documents", "invoice_documents"),
            Map.entry("messages", "mails notification_choices notifications"),
            Map.entry("attention", "attention_seen"),
            Map.entry("console", "installation_checks")));

    /** A module's read of another module's table, and why it does not ask the owner. */
    private record Read(String table, String reader, String reason) {

        String what() {
            return reader + " reads " + table;
        }
    }

    private static final List<Read> READS = List.of(
            new Read(
                    "synced_transaction_events",
                    "billing",
                    "Prices and usage rank all of a driver's events in one query, however many they are."),
            new Read(
                    "transaction_sync_state",
                    "billing",
                    "Whether an event counts depends on its session's row, in the same query as the events."),
            new Read(
                    "chargers",
                    "billing",
                    "What an invoice says about its sessions is one query, however many they are."),
            new Read("ev_cards", "billing", "The labels of cards are part of the same query."),
            new Read(
                    "accounts",
                    "billing",
                    "An invoice takes its recipient in the statement that begins it, so that both are of one instant; and"
                            + " drivers without a subscription are found by their accounts, not by all their sessions."),
            new Read(
                    "transaction_sync_state",
                    "sync",
                    "What is overdue, failing or not read yet is found by sync's memory and the session's row together."),
            new Read(
                    "transaction_sync_state",
                    "messages",
                    "What is due and was not told yet is one query over all sessions, with an index for it."),
            new Read(
                    "ev_cards",
                    "messages",
                    "A session that ended before its card was linked is told to nobody: a condition of the same query."),
            new Read(
                    "invoices",
                    "messages",
                    "An invoice that is ready and was not told yet is found like a session that ended."),
            new Read("issuers", "messages", "When a reminder is due is a condition of the same query."),
            new Read(
                    "accounts",
                    "messages",
                    "Nothing is told to an account that is disabled or came later: a condition of the same query."),
            new Read(
                    "transaction_sync_state",
                    "commands",
                    "A restore counts what it has restored, in a database on which no application runs."),
            new Read("invoices", "commands", "A restore counts what it has restored, as for sessions."));

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
    private static final Pattern TEXT =
            Pattern.compile("(?s)\"\"\"(?<block>.*?)\"\"\"|\"(?<literal>(?:\\\\.|[^\"\\\\\\n])*)\"");
    private static final Pattern USE = Pattern.compile(
            "(?i)\\b(?<how>delete\\s+from|insert\\s+into|update|from|join|using|lock\\s+table|truncate(?:\\s+table)?)"
                    + "\\s+(?:only\\s+)?(?<table>[a-z_]+)\\b(?<comma>\\s+(?:as\\s+)?[a-z]+\\s*,\\s*(?<second>[a-z_]+))?");
    private static final Pattern WRITE = Pattern.compile("(?i)(delete|insert|update|truncate).*");

    @Test
    void eachTableOfTheDatabaseHasOneOwner() {
        assertThat(OWNERS.keySet()).containsExactlyInAnyOrderElementsOf(tables());
    }

    @Test
    void aTableIsWrittenByItsOwnerAlone() throws IOException {
        var strangers = new TreeSet<String>();
        for (var use : uses()) {
            if (use.writes() && !use.isOwners()) {
                strangers.add(use.source() + " writes " + use.table() + " of " + OWNERS.get(use.table()));
            }
        }
        assertThat(strangers).isEmpty();
    }

    @Test
    void aTableIsReadByItsOwnerOrForAReason() throws IOException {
        var found = new TreeMap<String, Set<String>>();
        for (var use : uses()) {
            if (!use.writes() && !use.isOwners()) {
                found.computeIfAbsent(use.module() + " reads " + use.table(), key -> new TreeSet<>())
                        .add(use.source());
            }
        }
        var listed = READS.stream().collect(Collectors.toMap(Read::what, Function.identity()));
        assertThat(found).as("reads of other modules' tables").containsOnlyKeys(listed.keySet());
        assertThat(READS).allSatisfy(read -> assertThat(read.reason()).endsWith("."));
    }

    private record Use(String source, String module, String table, boolean writes) {

        boolean isOwners() {
            return module.equals(OWNERS.get(table));
        }
    }

    private static Set<Use> uses() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            var uses = new LinkedHashSet<Use>();
            for (var file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                var path = SOURCES.relativize(file);
                if (path.getNameCount() > 1) {
                    var module = path.getName(0).toString();
                    usesIn(Files.readString(file))
                            .filter(use -> OWNERS.containsKey(use.getKey()))
                            .forEach(use -> uses.add(new Use(path.toString(), module, use.getKey(), use.getValue())));
                }
            }
            return uses;
        }
    }

    /** Tables named in the SQL of a source file, and whether it writes them. */
    private static Stream<Map.Entry<String, Boolean>> usesIn(String source) {
        var sql = TEXT.matcher(COMMENT.matcher(source).replaceAll(""))
                .results()
                .map(text -> text.group("block") == null ? text.group("literal") : text.group("block"))
                .collect(Collectors.joining(" "));
        return USE.matcher(sql).results().flatMap(TablesTest::named);
    }

    private static Stream<Map.Entry<String, Boolean>> named(MatchResult use) {
        var first = Map.entry(
                use.group("table").toLowerCase(Locale.ROOT),
                WRITE.matcher(use.group("how")).matches());
        return use.group("second") == null
                ? Stream.of(first)
                : Stream.of(first, Map.entry(use.group("second").toLowerCase(Locale.ROOT), false));
    }

    private static Set<String> tables() {
        return JdbcClient.create(TestDatabase.fresh())
                .sql("""
                    select table_name from information_schema.tables
                     where table_schema = 'public' and table_name <> 'flyway_schema_history'
                    """)
                .query((row, number) -> row.getString(1))
                .set();
    }

    private static Map<String, String> owners(Map<String, String> tablesByModule) {
        var owners = new TreeMap<String, String>();
        tablesByModule.forEach((module, tables) -> Stream.of(tables.split(" "))
                .forEach(table -> assertThat(owners.put(table, module))
                        .as("another owner of " + table)
                        .isNull()));
        return owners;
    }
}
