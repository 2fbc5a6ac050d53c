package express.polaris.portal.account;

import express.polaris.web.Shell;
import java.util.List;

/** Page {@code /account/kept}. */
public record RetentionPage(Shell shell, List<Kept> kept) {

    /**
     * A kind of data.
     *
     * @param id fragment in the page's address
     * @param text what it is for
     * @param time how long it is kept, in words
     */
    public record Kept(String id, String icon, String title, String text, String time) {}
}
