package express.polaris.platform.version;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the version from {@code META-INF/build-info.properties}, which only a build by Maven has. */
@Configuration(proxyBeanMethods = false)
class VersionConfiguration {

    @Bean
    PortalVersion portalVersion(ObjectProvider<BuildProperties> build) {
        return new PortalVersion(Optional.ofNullable(build.getIfAvailable())
                .map(BuildProperties::getVersion)
                .orElse("development"));
    }
}
