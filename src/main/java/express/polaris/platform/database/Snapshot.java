package express.polaris.platform.database;

import express.polaris.platform.refusals.RequestReason;
import express.polaris.platform.refusals.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads that belong together, all from one state of the database, so that the parts of an answer agree whatever is
 * committed meanwhile. Holds a connection: render, but do not wait for SteVe or a client, inside.
 */
@Component
public class Snapshot {

    /** Long enough for any statement; a deadline cannot be removed from a transaction. */
    private static final int NO_LIMIT_SECONDS = 3600;

    /** Snapshots at the same time: the other connections of the pool are for sync, mails and forms. */
    private static final int MOST = 10;

    private static final int LONGEST_WAIT_SECONDS = 5;

    private final Semaphore turns = new Semaphore(MOST, true);
    private final PlatformTransactionManager transactions;
    private final TransactionTemplate whole;
    private final TransactionTemplate part;

    /** Writes to do once the snapshot of this thread is over; absent without one. */
    private final ThreadLocal<@Nullable List<Runnable>> afterwards = new ThreadLocal<>();

    public Snapshot(PlatformTransactionManager transactions) {
        this.transactions = transactions;
        this.whole = template(transactions, TransactionDefinition.PROPAGATION_REQUIRED);
        this.part = template(transactions, TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * Reads in one snapshot; within a transaction, as a part of it.
     *
     * @throws Unavailable while too many others read
     */
    public <T> T of(Supplier<T> reads) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return reads.get();
        }
        var writes = new ArrayList<Runnable>();
        afterwards.set(writes);
        T result;
        try {
            result = inTurn(reads);
        } finally {
            afterwards.remove();
        }
        writes.forEach(Runnable::run);
        return result;
    }

    private <T> T inTurn(Supplier<T> reads) {
        takeTurn();
        try {
            return Objects.requireNonNull(whole.execute(status -> reads.get()));
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Unavailable(RequestReason.BUSY.with());
    }

    /**
     * Reads what an answer can do without. If it fails, what is read before and afterwards is not affected.
     *
     * @throws org.springframework.dao.DataAccessException when the lookup fails
     */
    public <T> T attempt(Supplier<T> reads) {
        return isOpen() ? Objects.requireNonNull(part.execute(status -> reads.get())) : reads.get();
    }

    /**
     * As {@link #attempt}, always in a snapshot, and given up after a time.
     *
     * @throws org.springframework.dao.DataAccessException when the lookup fails or takes too long
     * @throws org.springframework.transaction.TransactionException when it takes too long
     */
    public <T> T attempt(int longestSeconds, Supplier<T> reads) {
        var limited = template(transactions, TransactionDefinition.PROPAGATION_NESTED);
        limited.setTimeout(longestSeconds);
        return Objects.requireNonNull(
                limited.execute(status -> isOpen() ? within(longestSeconds, reads) : reads.get()));
    }

    /** Writes what these reads have made known, such as a cache: after the snapshot, at once without a transaction. */
    public void afterwards(Runnable write) {
        var writes = Optional.ofNullable(afterwards.get());
        if (writes.isPresent()) {
            writes.get().add(write);
        } else if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            write.run();
        }
    }

    private boolean isOpen() {
        return afterwards.get() != null;
    }

    /** Within a transaction, a timeout of a nested one has no effect. */
    private <T> T within(int seconds, Supplier<T> reads) {
        var connection = Objects.requireNonNull((ConnectionHolder) TransactionSynchronizationManager.getResource(
                ((ResourceTransactionManager) transactions).getResourceFactory()));
        connection.setTimeoutInSeconds(seconds);
        try {
            return reads.get();
        } finally {
            connection.setTimeoutInSeconds(NO_LIMIT_SECONDS);
        }
    }

    private static TransactionTemplate template(PlatformTransactionManager transactions, int propagation) {
        var template = new TransactionTemplate(transactions);
        template.setPropagationBehavior(propagation);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        template.setReadOnly(true);
        return template;
    }
}
