package express.polaris.mail;

import express.polaris.settings.Settings;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Addresses for mails. They begin with {@code POLARIS_PUBLIC_URL}, never with what a request says; in the demo with this machine. */
@Component
public class PublicLinks {

    private final Settings settings;
    private final Environment environment;

    PublicLinks(Settings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /** @param path begins with a slash */
    public String to(String path) {
        return settings.publicUrl()
                        .map(url -> url.toString().replaceFirst("/+$", ""))
                        .orElseGet(() -> "http://localhost:" + environment.getProperty("local.server.port", "8080"))
                + path;
    }
}
