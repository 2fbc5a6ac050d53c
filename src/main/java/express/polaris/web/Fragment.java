package express.polaris.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/** Rendered part of a page. Caching it saves rendering what does not change between requests. */
public final class Fragment implements Content {

    private final byte[] html;

    Fragment(byte[] html) {
        this.html = html;
    }

    /** Size in bytes. */
    public int size() {
        return html.length;
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeBinaryContent(html);
    }
}
