package express.polaris.demo;

import express.polaris.platform.settings.SettingsLoader;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Logs the demo's URL and accounts when the application is ready. */
@Component
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoGreeting {

    private static final Logger log = LoggerFactory.getLogger(DemoGreeting.class);

    private final Environment environment;

    DemoGreeting(Environment environment) {
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void greet() {
        var people = DemoAccount.ALL.stream().map(DemoAccount::email).collect(Collectors.joining("\n    "));
        log.info("""
            This is the demo: SteVe, chargers and cars are simulated.

              Open     http://localhost:{}
              Sign in  as one of these, password {}

                {}
            """, environment.getProperty("local.server.port", "8080"), DemoAccount.PASSWORD, people);
    }
}
