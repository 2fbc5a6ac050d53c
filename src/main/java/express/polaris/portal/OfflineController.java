package express.polaris.portal;

import express.polaris.documents.Texts;
import express.polaris.web.Pages;
import express.polaris.web.WithoutSnapshot;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Page that a browser caches and shows while it is offline; depends on the browser's language only. */
@Controller
class OfflineController {

    private final Pages pages;

    OfflineController(Pages pages) {
        this.pages = pages;
    }

    @WithoutSnapshot
    @GetMapping("/offline")
    ResponseEntity<byte[]> page(HttpServletRequest request) {
        return pages.render("offline/offline.jte", Texts.of(Texts.choose(request.getLocales())));
    }
}
