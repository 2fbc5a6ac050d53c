package express.polaris.platform.version;

/**
 * Version of this portal as the build wrote it.
 *
 * @param number as in the changelog, such as {@code 0.2.0}
 */
public record PortalVersion(String number) {

    /** Name and version as other systems and the schema history see them, such as {@code polaris-express 0.2.0}. */
    public String product() {
        return "polaris-express " + number;
    }

    @Override
    public String toString() {
        return number;
    }
}
