package express.polaris.stations.cards;

import express.polaris.platform.sql.SqlTime;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks up which of many idTags have an owner now. */
@Repository
public class OwnedTags {

    private final JdbcClient jdbc;
    private final Clock clock;

    OwnedTags(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The subset of these idTags that have an owner now. */
    public Set<IdTag> among(Collection<IdTag> idTags) {
        var owned = Set.copyOf(jdbc.sql("""
            select lower(t.id_tag) from id_tags t
             where lower(t.id_tag) = any(:tags)
               and exists (select from ev_cards c
                            where c.id_tag_id = t.id and c.owned_from <= :now
                              and (c.owned_until is null or c.owned_until > :now))
            """)
                .param("tags", idTags.stream().map(OwnedTags::lower).toArray(String[]::new))
                .param("now", SqlTime.utc(clock.instant()))
                .query(String.class)
                .list());
        return idTags.stream().filter(tag -> owned.contains(lower(tag))).collect(Collectors.toUnmodifiableSet());
    }

    private static String lower(IdTag idTag) {
        return idTag.value().toLowerCase(Locale.ROOT);
    }
}
