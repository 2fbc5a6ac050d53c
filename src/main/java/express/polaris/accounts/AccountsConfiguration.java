package express.polaris.accounts;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Enables scheduled jobs for the whole application. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class AccountsConfiguration {}
