package express.polaris;

import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableAsync;

/** Application entry point: one deployable with all modules. */
@SpringBootApplication
@EnableAsync
public class PolarisExpress {

    public static void main(String[] args) {
        ServiceLoader.load(CommandLine.class)
                .findFirst()
                .map(commands -> commands.run(args))
                .orElse(OptionalInt.empty())
                .ifPresentOrElse(System::exit, () -> SpringApplication.run(PolarisExpress.class, args));
    }
}
