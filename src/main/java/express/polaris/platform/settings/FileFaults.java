package express.polaris.platform.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says why a file cannot be read. */
final class FileFaults {

    private FileFaults() {}

    /** Completes a sentence that begins with the path. */
    static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "does not exist";
            case AccessDeniedException denied ->
                "may not be read by the user \"" + System.getProperty("user.name") + "\"";
            default -> "cannot be read; it must be a text file";
        };
    }
}
