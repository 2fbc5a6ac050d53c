package express.polaris.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int status(int port, String... others) {
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var options = new ArrayList<>(List.of("--polaris.data.directory=" + directory, "--server.port=" + port));
        options.addAll(List.of(others));
        return Commands.run(List.of("status"), options, print, print);
    }

    private static HttpServer answering(int status) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void aPortalThatIsReadyIsFoundAtThePortOfTheSettings() throws IOException {
        var server = answering(200);
        try {
            int port = server.getAddress().getPort();
            assertThat(status(port, "--server.address=0.0.0.0")).isEqualTo(Commands.SUCCESS);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .startsWith("Polaris Express ")
                    .contains("portal     ready, on 127.0.0.1:" + port)
                    .contains("database   embedded, in " + directory.resolve("demo") + ", not running")
                    .contains("backup     none in ");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPortalThatIsNotReadyOrNotThereFails() throws IOException {
        var server = answering(503);
        int port = server.getAddress().getPort();
        try {
            assertThat(status(port)).isEqualTo(Commands.FAILURE);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("on 127.0.0.1:" + port + ", but not ready (HTTP 503)");
        } finally {
            server.stop(0);
        }
        assertThat(status(port)).isEqualTo(Commands.FAILURE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("not running: nothing answers on 127.0.0.1:" + port);
    }
}
