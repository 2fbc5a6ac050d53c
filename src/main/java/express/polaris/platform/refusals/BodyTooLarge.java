package express.polaris.platform.refusals;

import java.io.IOException;

/** Request body exceeds the size limit. */
public final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    public BodyTooLarge() {
        super("The body is too large");
    }
}
