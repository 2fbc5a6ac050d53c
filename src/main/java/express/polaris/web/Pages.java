package express.polaris.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.documents.Templates;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Renders view records into responses. A page is rendered completely before its first byte is sent, so that an error
 * in a template leads to an error page, never to half a page.
 */
public final class Pages {

    static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private static final int KEPT_BYTES = 4 * 1024 * 1024;

    private final Cache<Part, Fragment> kept = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((Part part, Fragment fragment) -> fragment.size())
            .build();

    private final Templates templates;

    private record Part(String template, Record values) {}

    public Pages(Templates templates) {
        this.templates = templates;
    }

    /**
     * @param template path under {@code src/main/jte}, such as {@code sessions/session.jte}
     * @param page the template's only parameter
     */
    public ResponseEntity<byte[]> render(String template, Object page) {
        return render(HttpStatus.OK, template, page);
    }

    public ResponseEntity<byte[]> render(HttpStatusCode status, String template, Object page) {
        var body = html(template, page);
        return ResponseEntity.status(status)
                .contentType(HTML)
                .contentLength(body.length)
                .body(body);
    }

    /** Renders a part of a page, to be embedded in the page's record. */
    public Fragment fragment(String template, Object part) {
        return new Fragment(html(template, part));
    }

    /** As {@link #fragment}, with a cache: equal parts are rendered once while they stay in the cache. */
    public Fragment kept(String template, Record part) {
        return kept.get(new Part(template, part), asked -> fragment(template, part));
    }

    /** Renders a page as UTF-8. */
    public byte[] html(String template, Object page) {
        return templates.html(template, page);
    }
}
