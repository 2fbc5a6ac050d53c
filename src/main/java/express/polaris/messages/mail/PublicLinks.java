package express.polaris.messages.mail;

import express.polaris.platform.settings.Settings;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Absolute URLs for mails. They begin with {@code POLARIS_PUBLIC_URL}, in the demo with localhost, and never use the
 * host of a request.
 */
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
