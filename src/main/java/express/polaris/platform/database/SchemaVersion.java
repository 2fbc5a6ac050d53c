package express.polaris.platform.database;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Version of the schema that this portal brings. */
public final class SchemaVersion {

    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");

    private SchemaVersion() {}

    /**
     * Number of the newest migration.
     *
     * @throws IOException if the class path cannot be read
     */
    public static int newest() throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql"))
                .map(Resource::getFilename)
                .map(String::valueOf)
                .map(MIGRATION::matcher)
                .filter(Matcher::matches)
                .mapToInt(name -> Integer.parseInt(name.group(1)))
                .max()
                .orElseThrow(() -> new IllegalStateException("The portal has no migrations"));
    }
}
