package express.polaris.accounts;

import express.polaris.settings.Settings;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Creates the operator named in the settings while there is none. Safe on several nodes: the address is unique. */
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
                            () -> log.warn("There is no operator yet; set POLARIS_OPERATOR_EMAIL and"
                                    + " POLARIS_OPERATOR_PASSWORD and start again"));
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
                        () -> log.warn("The account of POLARIS_OPERATOR_EMAIL exists and is a driver's; no operator"
                                + " was created"));
    }
}
