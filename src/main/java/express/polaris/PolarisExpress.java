package express.polaris;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Application entry point: one deployable with all modules. */
@SpringBootApplication
@EnableScheduling
@EnableAsync
public class PolarisExpress {

    public static void main(String[] args) {
        SpringApplication.run(PolarisExpress.class, args);
    }
}
