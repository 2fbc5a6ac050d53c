package express.polaris.accounts.access;

/**
 * Path without a handler to which requests with an unreadable path are forwarded, so they get the usual 404 for API
 * clients or browsers.
 */
final class UnmappedPath {

    private UnmappedPath() {}

    /**
     * @param path raw path of the request
     */
    static String of(String path) {
        return path.startsWith("/api/") ? "/api/nowhere" : "/nowhere";
    }
}
