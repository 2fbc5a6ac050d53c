package express.polaris.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/** A part of a page that is rendered already: what does not change between two requests is not written twice. */
public final class Fragment implements Content {

    private final byte[] html;

    Fragment(byte[] html) {
        this.html = html;
    }

    /** In bytes. */
    public int size() {
        return html.length;
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeBinaryContent(html);
    }
}
