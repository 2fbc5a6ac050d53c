package express.polaris.api;

import express.polaris.web.Pages;
import express.polaris.web.WithoutSnapshot;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/** Serves the API documentation as a page, rendered from the OpenAPI document. */
@Controller
class ApiDocsController {

    private final ObjectProvider<OpenApiWebMvcResource> documents;
    private final Pages pages;
    private final JsonMapper json;

    ApiDocsController(ObjectProvider<OpenApiWebMvcResource> documents, Pages pages, JsonMapper json) {
        this.documents = documents;
        this.pages = pages;
        this.json = json;
    }

    @WithoutSnapshot
    @GetMapping("/api/docs")
    ResponseEntity<byte[]> page(HttpServletRequest request) throws Exception {
        var document = documents.getObject().openapiJson(request, "/v3/api-docs", Locale.ENGLISH);
        return pages.render("docs/api.jte", ApiDocsPage.of(json.readTree(document)));
    }
}
