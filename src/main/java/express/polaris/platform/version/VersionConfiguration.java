package express.polaris.platform.version;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the version of this build. */
@Configuration(proxyBeanMethods = false)
class VersionConfiguration {

    @Bean
    PortalVersion portalVersion() {
        return PortalVersion.ofBuild();
    }
}
