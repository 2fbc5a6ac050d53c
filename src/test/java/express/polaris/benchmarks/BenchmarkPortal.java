package express.polaris.benchmarks;

import express.polaris.PolarisExpress;
import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.Portal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.SessionRepository;
import org.springframework.util.FileSystemUtils;

/** The portal as in production: its own threads, the system clock, and its embedded database with fsync. */
final class BenchmarkPortal implements AutoCloseable {

    private final Path data = temporary();
    private final ConfigurableApplicationContext application;

    BenchmarkPortal(SimulatedSteve steve, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--logging.level.root=warn",
                "--polaris.data-directory=" + data,
                "--polaris.steve.base-url=" + steve.baseUrl(),
                "--polaris.steve.username=" + steve.username(),
                "--polaris.steve.password=" + steve.password()));
        arguments.addAll(List.of(more));
        application = new SpringApplicationBuilder(PolarisExpress.class).run(arguments.toArray(String[]::new));
    }

    int port() {
        return people().port();
    }

    Portal people() {
        return new Portal(bean(JdbcClient.class), bean(SessionRepository.class), application.getEnvironment());
    }

    /** The session cookie of a browser signed in to this account. */
    String cookie(Account account) {
        return "polaris=" + people().signedIn(account).cookie("polaris");
    }

    JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    ApplicationContext application() {
        return application;
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    @Override
    public void close() {
        application.close();
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("polaris-benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
