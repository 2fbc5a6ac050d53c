package express.polaris.steve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class SteveConfigurationTest {

    @Test
    void operationsAndProbeShareTheOneClient() {
        try (RecordedSteve steve = RecordedSteve.always("op-remotestart-accepted");
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            URI baseUrl = steve.baseUrl();
            context.registerBean(SteveSettings.class, () -> SteveSettings.of(baseUrl, "api", "x"));
            context.register(SteveConfiguration.class);
            context.refresh();

            context.getBean(SteveOperations.class).remoteStart("CP30", Optional.of(1), "TAG1");
            context.getBean(SteveProbe.class).probe();

            // One start and one call of the probe, which stops at an answer that is not a list.
            assertThat(context.getBean(SteveClient.class).callsMade()).isEqualTo(2);
        }
    }
}
