package express.polaris.benchmarks;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.PortalProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** Queries that benchmarks make to a portal process and to its simulated SteVe. */
final class Asked {

    private Asked() {}

    /** The text in the portal's database for the number 0; empty if there is no such row yet. */
    static String of(PortalProcess portal, String sql) throws IOException {
        return portal.rows(sql).map(rows -> rows.getOrDefault(0L, "")).orElse("");
    }

    /** Peak resident memory of the process, as reported by the operating system. */
    static String highestMemory(PortalProcess portal) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + portal.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.substring(6).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    /**
     * Downloads a response of SteVe and discards it.
     *
     * @param path below {@code /api/v1}
     * @return its size in bytes, uncompressed
     */
    static long download(SimulatedSteve steve, String path) throws IOException, InterruptedException {
        var credentials = (steve.username() + ":" + steve.password()).getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(steve.baseUrl() + "/api/v1" + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .header("Accept-Encoding", "gzip")
                .build();
        try (var http = HttpClient.newHttpClient();
                var body = new GZIPInputStream(
                        http.send(request, BodyHandlers.ofInputStream()).body(), 1 << 16)) {
            var buffer = new byte[1 << 16];
            long bytes = 0;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
            }
            return bytes;
        }
    }
}
