package express.polaris.accounts;

import express.polaris.platform.settings.Settings;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Creates the operator named in the settings when no operator exists. Safe on several nodes: the e-mail address is
 * unique.
 */
@Component
class FirstOperator implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(FirstOperator.class);

    private final AccountRepository repository;
    private final Passwords passwords;
    private final AuditLog audit;
    private final Settings settings;
    private final Clock clock;

    FirstOperator(AccountRepository repository, Passwords passwords, AuditLog audit, Settings settings, Clock clock) {
        this.repository = repository;
        this.passwords = passwords;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!settings.demo() && !repository.hasOperator()) {
            settings.operator()
                    .ifPresentOrElse(
                            this::create,
                            () -> log.warn("No operator exists yet; set POLARIS_OPERATOR_EMAIL and"
                                    + " POLARIS_OPERATOR_PASSWORD and restart"));
        }
    }

    private void create(Settings.FirstOperator operator) {
        repository
                .insert(
                        operator.email(),
                        operator.email().replaceFirst("@.*", ""),
                        Role.OPERATOR,
                        Optional.of(passwords.hash(operator.password())),
                        Locale.ENGLISH,
                        settings.timeZone(),
                        clock.instant())
                .ifPresentOrElse(
                        id -> {
                            audit.record(
                                    Optional.empty(), "account.create", "account " + id, Map.of("role", Role.OPERATOR));
                            log.info("Created the first operator, account {}", id);
                        },
                        () -> log.warn("POLARIS_OPERATOR_EMAIL belongs to an existing driver account; no operator"
                                + " was created"));
    }
}
