package express.polaris.commands;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.core.env.PropertyResolver;

/**
 * The portal that the same settings start on this machine.
 *
 * @param readiness address of its readiness, which needs no sign-in
 */
record LocalPortal(URI readiness) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    /**
     * Answer of the portal.
     *
     * @param words completes a sentence about the portal
     */
    record Answer(boolean isReady, String words) {}

    /** Finds the portal by {@code server.address}, and {@code management.server.port} or {@code server.port}. */
    static LocalPortal of(PropertyResolver properties) {
        var port = properties.getProperty("management.server.port", properties.getProperty("server.port", "8080"));
        return new LocalPortal(URI.create("http://" + host(properties.getProperty("server.address", "")) + ":" + port
                + "/actuator/health/readiness"));
    }

    /** A portal that listens on all addresses is asked on the loopback one. */
    private static String host(String address) {
        try {
            return address.isBlank() || InetAddress.getByName(address).isAnyLocalAddress()
                    ? "127.0.0.1"
                    : address.contains(":") ? "[" + address + "]" : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    Answer ask() {
        var server = readiness.getHost() + ":" + readiness.getPort();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(readiness).timeout(PATIENCE).build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status == OK
                    ? new Answer(true, "ready, on " + server)
                    : new Answer(
                            false,
                            "on " + server + ", but not ready (HTTP " + status
                                    + "): it is starting or stopping, or its database does not answer");
        } catch (IOException e) {
            return new Answer(false, "not running: nothing answers on " + server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "not asked: interrupted");
        }
    }
}
