package express.polaris.security;

/**
 * Where a request is sent on to whose address cannot be read: an address where nothing is, for a program or for a
 * browser as before. So it is answered by the same parts, and in the same words, as any other thing that is not there.
 */
final class Nowhere {

    private Nowhere() {}

    /** @param path of the request, as it was sent */
    static String of(String path) {
        return path.startsWith("/api/") ? "/api/nowhere" : "/nowhere";
    }
}
