package express.polaris.problems;

import java.io.IOException;

/** More was sent than anybody needs to send. */
public final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    public BodyTooLarge() {
        super("The body is too large");
    }
}
