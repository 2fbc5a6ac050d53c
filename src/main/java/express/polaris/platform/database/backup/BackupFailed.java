package express.polaris.platform.database.backup;

import java.nio.file.FileSystemException;
import java.util.Optional;

/** A backup or a restore that was not possible; the message says why, and what would be. */
public final class BackupFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupFailed(String message) {
        super(message);
    }

    BackupFailed(String message, Throwable cause) {
        super(message + ": " + reason(cause), cause);
    }

    /** Why, in words. */
    String reason() {
        return reason(this);
    }

    /** The message of a fault of a file is often only the file's name. */
    static String reason(Throwable failure) {
        var message = Optional.ofNullable(failure.getMessage()).orElse("");
        boolean says = !message.isBlank() && !(failure instanceof FileSystemException file && file.getReason() == null);
        return says ? message : (failure.getClass().getSimpleName() + " " + message).strip();
    }
}
