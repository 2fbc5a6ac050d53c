package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metrics endpoint has the metrics that the dashboard, the alert rules and the documentation refer to. */
@ApplicationTest
class MonitoringTest {

    private static final Path DASHBOARD = Path.of("ops/grafana-dashboard.json");
    private static final Path RULES = Path.of("ops/alert-rules.yml");
    private static final Path DOCUMENT = Path.of("docs/operating.md");

    private static final Pattern NAME = Pattern.compile("\\b(?:polaris|http|jvm|hikaricp)_[a-z0-9_]+");
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (.+)$");
    private static final Pattern WORD = Pattern.compile("\\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\\b(?!\")");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (polaris_\\S+) (.+)$");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

    private final Portal portal;
    private final Charging charging;

    MonitoringTest(Portal portal, Charging charging) {
        this.portal = portal;
        this.charging = charging;
    }

    /** Scrapes the endpoint after a call to SteVe and an unreadable answer were recorded. */
    private String scraped() {
        charging.completed(portal.driver(), charging.now().minusSeconds(7200));
        portal.signedIn(portal.operator()).get("/operator");
        var answer = portal.withToken(portal.operator()).get("/actuator/prometheus");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static Set<String> series(String scraped) {
        return scraped.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(match -> match.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String expressions(JsonNode node) {
        var all = new StringBuilder();
        for (var panel : node.path("panels")) {
            for (var target : panel.path("targets")) {
                all.append(target.path("expr").asString()).append('\n');
            }
        }
        return all.toString();
    }

    @Test
    void everyMetricOfTheDashboardAndTheAlertRulesIsExported() throws IOException {
        var series = series(scraped());
        var dashboard = names(expressions(JsonMapper.builder().build().readTree(Files.readString(DASHBOARD))));
        var rules = names(EXPRESSION
                .matcher(Files.readString(RULES))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining("\n")));
        assertThat(dashboard).hasSizeGreaterThan(15);
        assertThat(rules).hasSizeGreaterThan(12);
        assertThat(series).containsAll(dashboard).containsAll(rules);
    }

    @Test
    void everyPolarisMetricIsDescribedOnTheEndpointAndInTheDocumentation() throws IOException {
        var scraped = scraped();
        var described = HELP.matcher(scraped)
                .results()
                .filter(match -> !match.group(2).isBlank())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        var ours = TYPE.matcher(scraped)
                .results()
                .map(match -> match.group(1))
                .filter(name -> name.startsWith("polaris_"))
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ours).hasSizeGreaterThan(14);
        assertThat(described).containsAll(ours);
        var documented = names(Files.readString(DOCUMENT));
        assertThat(documented).containsAll(ours);
    }

    /** Fails if an expression contains a metric-like name without one of the known prefixes. */
    @Test
    void theAlertRulesUseOnlyMetricsWithKnownPrefixes() throws IOException {
        var rules = EXPRESSION
                .matcher(Files.readString(RULES))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(rules)
                .hasSizeGreaterThan(15)
                .allSatisfy(rule -> assertThat(WORD.matcher(rule)
                                .results()
                                .map(match -> match.group())
                                .filter(word -> !word.equals("histogram_quantile")))
                        .allMatch(word -> NAME.matcher(word).matches()));
    }

    @Test
    void requestDurationsHaveHistogramBuckets() {
        assertThat(scraped()).contains("http_server_requests_seconds_bucket");
    }
}
