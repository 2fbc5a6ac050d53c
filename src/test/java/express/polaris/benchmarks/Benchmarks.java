package express.polaris.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the benchmarks named on the command line, or all of them. */
public final class Benchmarks {

    private interface Benchmark {
        void run() throws Exception;
    }

    private Benchmarks() {}

    public static void main(String[] names) throws Exception {
        var benchmarks = new LinkedHashMap<String, Benchmark>();
        benchmarks.put("metering", MeteringBenchmark::run);
        benchmarks.put("page", SessionPageBenchmark::run);
        benchmarks.put("dashboard", DashboardBenchmark::run);
        benchmarks.put("console", ConsoleBenchmark::run);
        benchmarks.put("import", ImportBenchmark::run);
        benchmarks.put("import-50000", ImportBenchmark::runMany);
        benchmarks.put("import-long", LongImportBenchmark::run);
        benchmarks.put("import-many", ManyTransactionsBenchmark::run);
        benchmarks.put("live", LiveBenchmark::run);
        benchmarks.put("streams", StreamsBenchmark::run);
        benchmarks.put("recovery", RecoveryBenchmark::run);
        benchmarks.put("pricing", PricingBenchmark::run);
        benchmarks.put("price-500", PricingBenchmark::runMarket);
        benchmarks.put("invoices", InvoicesBenchmark::run);
        benchmarks.put("month-end", MonthEndBenchmark::run);
        benchmarks.put("growth", () -> GrowthBenchmark.run(1, 50));
        benchmarks.put("growth-small", () -> GrowthBenchmark.run(1, 5));
        for (var name : names.length == 0 ? List.copyOf(benchmarks.keySet()) : List.of(names)) {
            find(benchmarks, name).run();
        }
        // The simulated SteVe and the HTTP client leave threads running.
        System.exit(0);
    }

    private static Benchmark find(Map<String, Benchmark> benchmarks, String name) {
        var benchmark = benchmarks.get(name);
        if (benchmark == null) {
            throw new IllegalArgumentException(
                    "There is no benchmark \"" + name + "\"; there are " + String.join(", ", benchmarks.keySet()));
        }
        return benchmark;
    }
}
