package express.polaris;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableAsync;

/** Application entry point: one deployable with all modules. */
@SpringBootApplication
@EnableAsync
public class PolarisExpress {

    public static void main(String[] args) {
        SpringApplication.run(PolarisExpress.class, args);
    }
}
