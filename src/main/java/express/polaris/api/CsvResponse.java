package express.polaris.api;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents that a handler writes its answer as a table. */
@ApiResponse(
        responseCode = "200",
        content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        description = "RFC 4180, UTF-8, column names in the first line")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface CsvResponse {}
