package express.polaris.accounts;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Ends all access of an account within the caller's transaction. */
@Component
class AccessEnd {

    private final AccountRepository repository;
    private final ApplicationEventPublisher events;

    AccessEnd(AccountRepository repository, ApplicationEventPublisher events) {
        this.repository = repository;
        this.events = events;
    }

    void of(AccountId account) {
        repository.endAccess(account);
        events.publishEvent(new AccountAccessEnded(account));
    }
}
