package express.polaris.steve;

/** SteVe's own error body: {@code {error, message, path, status, timestamp}}. */
record SteveError(int status, String message) {}
