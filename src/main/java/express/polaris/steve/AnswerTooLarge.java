package express.polaris.steve;

import java.io.IOException;

/** A body exceeded its size limit; reading stopped there. */
final class AnswerTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLarge(long limit) {
        super("more than %d bytes".formatted(limit));
    }

    static boolean causes(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof AnswerTooLarge) {
                return true;
            }
        }
        return false;
    }
}
