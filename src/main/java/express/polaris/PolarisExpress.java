package express.polaris;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The portal: one deployable that holds every module. */
@SpringBootApplication
public class PolarisExpress {

    public static void main(String[] args) {
        SpringApplication.run(PolarisExpress.class, args);
    }
}
