package express.polaris.api.live;

import java.time.Duration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Limits of streams; tests change them. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    /** Connections for everything that is no stream, at least: Tomcat's usual number. */
    private static final int OTHER_CONNECTIONS = 8192;

    /** Connections that may wait until Tomcat takes them: after a restart, all readers come back at once. */
    private static final int WAITING_CONNECTIONS = 4096;

    @Bean
    LiveLimits liveLimits(Environment environment) {
        var usual = LiveLimits.defaults();
        return new LiveLimits(
                environment.getProperty("live.heartbeat", Duration.class, usual.heartbeat()),
                environment.getProperty("live.look", Duration.class, usual.look()),
                environment.getProperty("live.patience", Duration.class, usual.patience()),
                usual.queue(),
                usual.queueBytes(),
                usual.streamsPerAccount(),
                environment.getProperty("live.streams", Integer.class, usual.streams()));
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> connectionsForStreams(LiveLimits limits) {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setProperty("maxConnections", Integer.toString(limits.streams() + OTHER_CONNECTIONS));
            connector.setProperty("acceptCount", Integer.toString(WAITING_CONNECTIONS));
        });
    }
}
