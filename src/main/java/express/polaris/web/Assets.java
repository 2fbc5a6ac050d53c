package express.polaris.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.webjars.WebJarVersionLocator;

/**
 * URLs of static files. A URL contains a version, so that browsers can cache it forever: the library version for
 * webjars, a digest over all files for {@code static/assets}. The digest is part of the path, so that JavaScript
 * modules can import each other by relative URLs.
 */
public final class Assets {

    static final String VERSION = digest();

    private static final WebJarVersionLocator WEBJARS = new WebJarVersionLocator();

    private Assets() {}

    /**
     * @param file file name in {@code static/assets}
     */
    public static String url(String file) {
        return "/assets/" + VERSION + "/" + file;
    }

    /**
     * @param file path inside the webjar
     * @throws IllegalArgumentException if the webjar is not on the class path
     */
    public static String webjar(String name, String file) {
        var version = WEBJARS.version(name);
        if (version == null) {
            throw new IllegalArgumentException("The webjar " + name + " is not on the class path");
        }
        return "/webjars/" + name + "/" + version + "/" + file;
    }

    private static String digest() {
        try {
            var files = new PathMatchingResourcePatternResolver().getResources("classpath:/static/assets/*");
            Arrays.sort(files, Comparator.comparing(file -> String.valueOf(file.getFilename())));
            var digest = MessageDigest.getInstance("SHA-256");
            for (Resource file : files) {
                digest.update(file.getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
