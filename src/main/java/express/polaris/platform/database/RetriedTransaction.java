package express.polaris.platform.database;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transaction that runs once more if the database ended it to break a deadlock or because it could not be serialized.
 * Within another transaction it runs once, since only the outer one can be repeated. What it does outside the database
 * must bear to happen twice.
 */
public final class RetriedTransaction extends TransactionTemplate {

    private static final long serialVersionUID = 1L;
    /** Otherwise this transaction could take the lock again that the other one has just been freed for. */
    private static final Duration UNTIL_THE_OTHER_GOES_ON = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(RetriedTransaction.class);

    public RetriedTransaction(PlatformTransactionManager transactions) {
        super(transactions);
    }

    @Override
    public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
        return retried(() -> super.execute(action));
    }

    /** Work that may throw anything. */
    @FunctionalInterface
    interface Attempt<T extends @Nullable Object, E extends Throwable> {
        T run() throws E;
    }

    static <T extends @Nullable Object, E extends Throwable> T retried(Attempt<T, E> attempt) throws E {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return attempt.run();
        }
        try {
            return attempt.run();
        } catch (PessimisticLockingFailureException e) {
            log.info(
                    "The database ended a transaction so that others could go on; it runs once more: {}",
                    String.valueOf(e.getMostSpecificCause().getMessage()).replace('\n', ' '));
            LockSupport.parkNanos(UNTIL_THE_OTHER_GOES_ON.toNanos());
            return attempt.run();
        }
    }
}
