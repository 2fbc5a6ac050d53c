package express.polaris.accounts.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;

/**
 * Caches sessions for a minute and updates their time of last use at most once a minute, so most requests neither
 * read nor write their session; Spring Session alone would do both every time. A cached session only identifies the
 * sign-in: its validity is checked on every request, together with the account.
 */
class CachedSessionRepository
        implements FindByIndexNameSessionRepository<CachedSessionRepository.Throttled>,
                InitializingBean,
                DisposableBean {

    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
    private static final int KEPT = 5_000;

    /** As Spring Session makes them. A cookie may have anything, even what the database does not take as text. */
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final Repository<?> repository;
    private final Repository<?> lookup;
    private final JdbcIndexedSessionRepository jdbc;
    private final Cache<String, Throttled> kept = Caffeine.newBuilder()
            .maximumSize(KEPT)
            .expireAfterWrite(NOTED_EVERY)
            .build();

    /**
     * @param jdbc with transactions
     * @param lookup without transactions of its own: finding sessions is one statement, and needs no further connection
     */
    CachedSessionRepository(JdbcIndexedSessionRepository jdbc, JdbcIndexedSessionRepository lookup) {
        this.jdbc = jdbc;
        this.repository = new Repository<>(jdbc);
        this.lookup = new Repository<>(lookup);
    }

    @Override
    public Throttled createSession() {
        return repository.create();
    }

    @Override
    public void save(Throttled session) {
        repository.save(session);
    }

    @Override
    public @Nullable Throttled findById(String id) {
        if (!ID.matcher(id).matches()) {
            return null;
        }
        var known = kept.getIfPresent(id);
        if (known != null) {
            return known;
        }
        var found = lookup.find(id);
        if (found != null) {
            kept.put(id, found);
        }
        return found;
    }

    @Override
    public void deleteById(String id) {
        jdbc.deleteById(id);
        kept.invalidate(id);
    }

    @Override
    public Map<String, Throttled> findByIndexNameAndIndexValue(String indexName, String indexValue) {
        return lookup.findByIndex(indexName, indexValue);
    }

    @Override
    public void afterPropertiesSet() {
        jdbc.afterPropertiesSet();
    }

    @Override
    public void destroy() {
        jdbc.destroy();
    }

    /** Names the session type of the underlying repository, which is not public. */
    private record Repository<S extends Session>(FindByIndexNameSessionRepository<S> below) {

        Throttled create() {
            return new Throttled(below.createSession());
        }

        @SuppressWarnings("unchecked") // sessions here only wrap sessions of the same repository
        void save(Throttled session) {
            below.save((S) session.session);
        }

        @Nullable
        Throttled find(String id) {
            var session = below.findById(id);
            return session == null ? null : new Throttled(session);
        }

        Map<String, Throttled> findByIndex(String name, String value) {
            return below.findByIndexNameAndIndexValue(name, value).entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Throttled(entry.getValue())));
        }
    }

    /** Session whose time of last use changes at most once a minute. */
    static final class Throttled implements Session {

        private final Session session;

        Throttled(Session session) {
            this.session = session;
        }

        @Override
        public void setLastAccessedTime(Instant lastAccessedTime) {
            if (!lastAccessedTime.isBefore(session.getLastAccessedTime().plus(NOTED_EVERY))) {
                session.setLastAccessedTime(lastAccessedTime);
            }
        }

        @Override
        public String getId() {
            return session.getId();
        }

        @Override
        public String changeSessionId() {
            return session.changeSessionId();
        }

        @Override
        public <T> @Nullable T getAttribute(String attributeName) {
            return session.getAttribute(attributeName);
        }

        @Override
        public Set<String> getAttributeNames() {
            return session.getAttributeNames();
        }

        @Override
        public void setAttribute(String attributeName, Object attributeValue) {
            session.setAttribute(attributeName, attributeValue);
        }

        @Override
        public void removeAttribute(String attributeName) {
            session.removeAttribute(attributeName);
        }

        @Override
        public Instant getCreationTime() {
            return session.getCreationTime();
        }

        @Override
        public Instant getLastAccessedTime() {
            return session.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            session.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return session.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return session.isExpired();
        }
    }
}
