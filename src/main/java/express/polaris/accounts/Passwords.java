package express.polaris.accounts;

import express.polaris.problems.TooMany;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * bcrypt, strength 12: about a quarter of a second of a core for each try. At most half of the cores work on passwords,
 * so that a flood of tries slows down other tries only.
 */
@Component
class Passwords {

    static final int STRENGTH = 12;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Stands in for the hash of an account that does not exist: as much work to compare with, and nobody's password. */
    private static final String NOBODYS = "$2a$" + STRENGTH + "$" + ".".repeat(53);

    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(STRENGTH);
    private final Semaphore cores =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /** @throws TooMany when too many others wait for theirs */
    String hash(String password) {
        return bounded(() -> String.valueOf(bcrypt.encode(password)));
    }

    /**
     * Whether the password is right; without a hash the same work is done for nothing.
     *
     * @throws TooMany when too many others wait for theirs
     */
    boolean matches(String password, Optional<String> hash) {
        boolean right = bounded(() -> bcrypt.matches(password, hash.orElse(NOBODYS)));
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
