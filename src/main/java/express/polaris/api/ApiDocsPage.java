package express.polaris.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * View of {@code docs/api.jte}: the OpenAPI document as a page.
 *
 * @param groups calls by group
 * @param schemas object types that the calls use
 */
public record ApiDocsPage(String title, String description, Map<String, List<Call>> groups, List<ObjectType> schemas) {

    /**
     * API call.
     *
     * @param body name of the request's object type; empty for none
     * @param answers code, description and object type of each response, errors excluded
     */
    public record Call(
            String method,
            String path,
            String summary,
            String description,
            List<Field> parameters,
            String body,
            List<Answer> answers) {}

    public record Answer(String code, String description, String type) {}

    public record ObjectType(String name, List<Field> fields) {}

    public record Field(String name, String type, String description) {}

    static ApiDocsPage of(JsonNode document) {
        var groups = new LinkedHashMap<String, List<Call>>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> groups.computeIfAbsent(
                                        operation
                                                .getValue()
                                                .path("tags")
                                                .path(0)
                                                .asString(""),
                                        name -> new ArrayList<>())
                                .add(call(path.getKey(), operation.getKey(), operation.getValue()))));
        var schemas = document.path("components").path("schemas").properties().stream()
                .map(schema -> new ObjectType(schema.getKey(), fields(schema.getValue())))
                .toList();
        return new ApiDocsPage(
                document.path("info").path("title").asString(""),
                document.path("info").path("description").asString(""),
                groups,
                schemas);
    }

    private static Call call(String path, String method, JsonNode operation) {
        return new Call(
                method.toUpperCase(java.util.Locale.ROOT),
                path,
                operation.path("summary").asString(""),
                operation.path("description").asString(""),
                operation
                        .path("parameters")
                        .valueStream()
                        .map(parameter -> new Field(
                                parameter.path("name").asString(""),
                                type(parameter.path("schema")),
                                parameter.path("description").asString("")))
                        .toList(),
                content(operation.path("requestBody")),
                operation.path("responses").properties().stream()
                        .filter(answer -> !answer.getKey().equals("default"))
                        .map(answer -> new Answer(
                                answer.getKey(),
                                answer.getValue().path("description").asString(""),
                                content(answer.getValue())))
                        .toList());
    }

    private static String content(JsonNode bodyOrAnswer) {
        return bodyOrAnswer.path("content").properties().stream()
                .findFirst()
                .map(content -> content.getKey().equals("application/json")
                        ? type(content.getValue().path("schema"))
                        : content.getKey())
                .orElse("");
    }

    private static List<Field> fields(JsonNode schema) {
        return schema.path("properties").properties().stream()
                .map(property -> new Field(
                        property.getKey(),
                        type(property.getValue()),
                        property.getValue().path("description").asString("")))
                .toList();
    }

    private static String type(JsonNode schema) {
        if (schema.has("$ref")) {
            var reference = schema.path("$ref").asString("");
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
        var type = schema.path("type").asString("");
        if (type.equals("array")) {
            return type(schema.path("items")) + "[]";
        }
        var format = schema.path("format").asString("");
        return format.isEmpty() ? type : type + " (" + format + ")";
    }
}
