package express.polaris.accounts;

import express.polaris.platform.refusals.TooMany;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * bcrypt with strength 12: about a quarter of a second of one core per try. At most half of the cores hash
 * passwords, so a flood of tries slows down only other tries.
 */
@Component
class Passwords {

    private static final int STRENGTH = 12;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final BCryptPasswordEncoder bcrypt;

    /** Replaces the hash of a missing account: costs the same work and matches no password. */
    private final String nobodys;

    private final Semaphore cores =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    @Autowired
    Passwords() {
        this(STRENGTH);
    }

    /** @param strength logarithm of the number of rounds to base 2 */
    Passwords(int strength) {
        bcrypt = new BCryptPasswordEncoder(strength);
        nobodys = "$2a$%02d$%s".formatted(strength, ".".repeat(53));
    }

    /**
     * @throws TooMany when no core is free within ten seconds
     */
    String hash(String password) {
        return bounded(() -> String.valueOf(bcrypt.encode(password)));
    }

    /**
     * Returns whether the password is right; without a hash the same work is done.
     *
     * @throws TooMany when no core is free within ten seconds
     */
    boolean matches(String password, Optional<String> hash) {
        boolean right = bounded(() -> bcrypt.matches(password, hash.orElse(nobodys)));
        return right && hash.isPresent();
    }

    private <T> T bounded(Supplier<T> work) {
        try {
            if (!cores.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TooMany(RETRY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooMany(RETRY);
        }
        try {
            return work.get();
        } finally {
            cores.release();
        }
    }
}
