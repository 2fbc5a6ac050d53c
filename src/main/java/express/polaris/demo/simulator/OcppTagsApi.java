package express.polaris.demo.simulator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/** {@code /ocppTags}: list, read, create, replace, expire, delete. */
final class OcppTagsApi {

    private enum Tri {
        ALL,
        TRUE,
        FALSE
    }

    private static final Pattern ID_TAG = Pattern.compile("[a-zA-Z0-9._:#-]{1,255}");

    private final SteveWorld world;

    OcppTagsApi(SteveWorld world) {
        this.world = world;
    }

    ApiAnswer answer(ApiRequest request) {
        return switch (request.path().size()) {
            case 1 ->
                switch (request.method()) {
                    case "GET" -> list(request);
                    case "POST" -> create(request);
                    default -> new ApiAnswer.MethodNotAllowed("GET,POST");
                };
            case 2 ->
                switch (request.method()) {
                    case "GET" -> one(200, find(request));
                    case "PUT" -> replace(request);
                    case "DELETE" -> delete(request);
                    default -> new ApiAnswer.MethodNotAllowed("DELETE,GET,PUT");
                };
            case 3 -> request.path().get(2).equals("expire") ? expire(request) : new ApiAnswer.UnknownPath();
            default -> new ApiAnswer.UnknownPath();
        };
    }

    private ApiAnswer list(ApiRequest request) {
        var idTag = request.first("idTag");
        var parent = request.first("parentIdTag");
        var blocked = request.choice("blocked", Tri.ALL);
        var expired = request.choice("expired", Tri.ALL);
        var inTransaction = request.choice("inTransaction", Tri.ALL);
        var found = world.tags().stream()
                .filter(tag -> idTag.isEmpty() || idTag.get().equalsIgnoreCase(tag.idTag()))
                .filter(tag -> parent.isEmpty()
                        || parent.get().equalsIgnoreCase(tag.parentIdTag().orElse("")))
                .filter(tag -> matches(blocked, tag.isBlocked()))
                .filter(tag -> matches(expired, tag.isExpired(world.now())))
                .filter(tag -> matches(inTransaction, world.activeTransactionCount(tag.idTag()) > 0))
                .toList();
        return ApiAnswer.ok(json -> {
            json.writeStartArray();
            found.forEach(tag -> write(json, tag));
            json.writeEndArray();
        });
    }

    private static boolean matches(Tri wanted, boolean value) {
        return switch (wanted) {
            case ALL -> true;
            case TRUE -> value;
            case FALSE -> !value;
        };
    }

    private ApiAnswer create(ApiRequest request) {
        return save(201, form(RequestBody.of(request), 0, Optional.empty()));
    }

    /** Replaces the whole form: absent fields become null. The idTag itself never changes. */
    private ApiAnswer replace(ApiRequest request) {
        var body = RequestBody.of(request);
        var before = find(request);
        return save(200, form(body, before.pk(), Optional.of(before.idTag())));
    }

    private ApiAnswer save(int status, SimulatedTag form) {
        if (form.parentIdTag().isPresent()
                && world.tag(form.parentIdTag().get()).isEmpty()) {
            throw ApiFault.alreadyExists(form.idTag());
        }
        SimulatedTag saved;
        try {
            saved = world.putTag(form);
        } catch (IllegalStateException e) {
            throw ApiFault.alreadyExists(form.idTag());
        }
        return one(status, saved);
    }

    private SimulatedTag form(RequestBody body, int pk, Optional<String> keptIdTag) {
        var idTag = body.text("idTag")
                .filter(text -> ID_TAG.matcher(text).matches())
                .orElseThrow(ApiFault::notUnderstood);
        var expiry = body.text("expiryDate").map(OcppTagsApi::instant);
        if (expiry.filter(date -> date.isBefore(world.now())).isPresent()) {
            throw ApiFault.notUnderstood();
        }
        return new SimulatedTag(
                pk,
                keptIdTag.orElse(idTag),
                body.text("parentIdTag"),
                expiry,
                body.number("maxActiveTransactionCount").orElse(1),
                body.text("note"));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ApiFault.notUnderstood();
        }
    }

    private ApiAnswer expire(ApiRequest request) {
        if (!request.method().equals("PATCH")) {
            return new ApiAnswer.MethodNotAllowed("PATCH");
        }
        return one(200, world.putTag(find(request).expiringAt(world.now())));
    }

    private ApiAnswer delete(ApiRequest request) {
        var tag = find(request);
        world.deleteTag(tag.idTag());
        return one(200, tag);
    }

    private SimulatedTag find(ApiRequest request) {
        return world.tag(request.pathNumber(1, "ocppTagPk", "java.lang.Integer"))
                .orElseThrow(() -> ApiFault.notFound("Could not find this ocppTag"));
    }

    private ApiAnswer one(int status, SimulatedTag tag) {
        return new ApiAnswer.Json(status, json -> write(json, tag));
    }

    private void write(JsonGenerator json, SimulatedTag tag) {
        int activeTransactions = world.activeTransactionCount(tag.idTag());
        var parentPk = tag.parentIdTag().flatMap(world::tag).map(SimulatedTag::pk);
        json.writeStartObject();
        json.writeNumberProperty("activeTransactionCount", activeTransactions);
        json.writeBooleanProperty("blocked", tag.isBlocked());
        WireFormat.timestamp(json, "expiryDate", tag.expiryDate());
        json.writeStringProperty("idTag", tag.idTag());
        json.writeBooleanProperty("inTransaction", activeTransactions > 0);
        json.writeNumberProperty("maxActiveTransactionCount", tag.maxActiveTransactionCount());
        WireFormat.text(json, "note", tag.note());
        json.writeNumberProperty("ocppTagPk", tag.pk());
        WireFormat.text(json, "parentIdTag", tag.parentIdTag());
        if (parentPk.isPresent()) {
            json.writeNumberProperty("parentOcppTagPk", parentPk.get());
        } else {
            json.writeNullProperty("parentOcppTagPk");
        }
        json.writeNullProperty("userPk");
        json.writeEndObject();
    }
}
