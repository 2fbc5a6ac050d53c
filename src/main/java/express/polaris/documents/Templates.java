package express.polaris.documents;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import org.springframework.stereotype.Component;

/** Renders a record with a compiled template. */
@Component
public final class Templates {

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Templates.class.getClassLoader(), "express.polaris.templates");

    /**
     * Returns the HTML in UTF-8.
     *
     * @param template path under {@code src/main/jte}, such as {@code sessions/session.jte}
     * @param values record that is the template's only parameter
     */
    public byte[] html(String template, Object values) {
        var output = new Utf8ByteOutput();
        engine.render(template, values, output);
        return output.toByteArray();
    }
}
