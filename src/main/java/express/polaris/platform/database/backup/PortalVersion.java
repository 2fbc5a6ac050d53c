package express.polaris.platform.database.backup;

import express.polaris.platform.database.DataDirectory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Version of this portal and of its schema. */
final class PortalVersion {

    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");

    private PortalVersion() {}

    /** As the jar says; {@code development} without one. */
    static String name() {
        return Optional.ofNullable(DataDirectory.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** Number of the newest migration. */
    static int schema() throws IOException {
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
