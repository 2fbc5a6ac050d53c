package express.polaris.accounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.PolarisExpress;
import express.polaris.accounts.FastPasswords;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;

class DemoGuardTest {

    @Test
    void theDemoAnswersOnlyThisMachineAndNoProxy(@TempDir Path directory) throws IOException {
        try (var demo = new SpringApplicationBuilder(PolarisExpress.class, FastPasswords.class)
                .run("--polaris.demo=true", "--polaris.data-directory=" + directory, "--server.port=0")) {
            int port = demo.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            assertThat(status(port, "Host: localhost:8080")).isEqualTo(200);
            assertThat(status(port, "Host: 127.0.0.1")).isEqualTo(200);
            assertThat(status(port, "Host: [::1]:" + port)).isEqualTo(200);
            assertThat(status(port, "Host: rebound.example")).isEqualTo(421);
            assertThat(status(port, "Host: localhost.example")).isEqualTo(421);
            assertThat(status(port, "Host: localhost\r\nX-Forwarded-For: 192.0.2.1"))
                    .isEqualTo(400);
            assertThat(status(port, "Host: localhost\r\nForwarded: for=192.0.2.1"))
                    .isEqualTo(400);
        }
    }

    private static int status(int port, String headers) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var request = "GET /sign-in HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }
}
