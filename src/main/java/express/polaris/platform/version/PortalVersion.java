package express.polaris.platform.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Version of this portal as the build wrote it.
 *
 * @param number as in the changelog, such as {@code 0.2.0}
 */
public record PortalVersion(String number) {

    private static final String FILE = "META-INF/build-info.properties";

    /** The version of this build; {@code development} for classes that were not built by Maven. */
    public static PortalVersion ofBuild() {
        try (var file = PortalVersion.class.getClassLoader().getResourceAsStream(FILE)) {
            var properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            return new PortalVersion(properties.getProperty("build.version", "development"));
        } catch (IOException e) {
            throw new UncheckedIOException("The portal's own " + FILE + " cannot be read", e);
        }
    }

    /** Name and version as other systems and the schema history see them, such as {@code polaris-express 0.2.0}. */
    public String product() {
        return "polaris-express " + number;
    }

    @Override
    public String toString() {
        return number;
    }
}
