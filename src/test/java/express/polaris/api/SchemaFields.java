package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.ResolvableType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;

/** Compares the schemas of an OpenAPI document with the records of request and response bodies. */
final class SchemaFields {

    private final JsonNode document;
    private final Set<ResolvableType> checked = new HashSet<>();

    SchemaFields(JsonNode document) {
        this.document = document;
    }

    /** The records compared so far. */
    Set<ResolvableType> checked() {
        return checked;
    }

    /** Compares the request body and the successful response of a call, with all records nested in them. */
    void check(String path, String method, HandlerMethod handler) {
        var operation = document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        Arrays.stream(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .forEach(parameter -> check(
                        method + " " + path + " takes",
                        ResolvableType.forMethodParameter(parameter),
                        operation.path("requestBody").path("content").path("application/json")));
        var answer = operation.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(response -> response.getValue().path("content").path("application/json"))
                .findFirst()
                .orElseThrow();
        check(method + " " + path + " answers", ResolvableType.forMethodParameter(handler.getReturnType()), answer);
    }

    private void check(String where, ResolvableType body, JsonNode content) {
        checkType(where, body, content.path("schema"));
    }

    private void checkType(String where, ResolvableType type, JsonNode schema) {
        var raw = type.toClass();
        if (raw.equals(Optional.class) || raw.equals(ResponseEntity.class)) {
            checkType(where, type.getGeneric(0), schema);
        } else if (raw.equals(List.class)) {
            checkType(where + "[]", type.getGeneric(0), schema.path("items"));
        } else if (raw.isRecord() && checked.add(type)) {
            checkRecord(where, type, resolved(schema));
        }
    }

    private void checkRecord(String where, ResolvableType type, JsonNode schema) {
        assertThat(schema.path("properties").propertyNames())
                .as("%s %s", where, type)
                .containsExactlyInAnyOrderElementsOf(
                        components(type).map(SchemaFields::name).toList());
        components(type)
                .forEach(component -> checkType(
                        where + "." + name(component),
                        type(component, type),
                        schema.path("properties").path(name(component))));
    }

    private static Stream<RecordComponent> components(ResolvableType type) {
        return Arrays.stream(type.toClass().getRecordComponents())
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? components(type(component, type))
                        : Stream.of(component));
    }

    private static ResolvableType type(RecordComponent component, ResolvableType owner) {
        return ResolvableType.forType(component.getGenericType(), owner);
    }

    private static String name(RecordComponent component) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
                .map(JsonProperty::value)
                .orElse(component.getName());
    }

    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.isEmpty()
                ? schema
                : document.path("components").path("schemas").path(reference.substring(reference.lastIndexOf('/') + 1));
    }
}
