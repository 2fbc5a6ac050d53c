package express.polaris.platform.database.backup;

/** A backup or a restore that was not possible; the message says why, and what would be. */
public final class BackupFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupFailed(String message) {
        super(message);
    }

    BackupFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
